import '@tensorflow/tfjs-backend-cpu'
import * as core from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { expect } from 'vitest'
import { RandomStream } from '../../../../src/core/random.ts'
import { type Dataset, type DenseBlock, sharedFloats, sizeOf, type Task } from '../../../../src/data/dataset.ts'
import { SimdEngine } from '../../../../src/trial-runner/engines/simd/engine.ts'
import { Arena } from '../../../../src/trial-runner/engines/simd/plan/arena.ts'
import { Feed } from '../../../../src/trial-runner/engines/tfjs/feed.ts'

await core.setBackend('cpu')

/** A compiled model and the shapes of the data to train it on. */
export interface AgreementCase {
  readonly name: string
  readonly inputs: readonly (readonly number[])[]
  readonly targets: readonly (readonly number[])[]
  /** What targets are: any numbers (default), shares of 1, -1 or 1, 0 or 1, numbers above 0, or so many classes. */
  readonly values?: 'any' | 'shares' | 'signs' | 'bits' | 'positive' | number
  /** Inputs are whole numbers from 0 to below this one; default: normal numbers. */
  readonly vocabulary?: number
  build(): LayersModel
  /** What tfjs trains; default: the same. */
  readonly reference?: () => LayersModel
  /** Default 1e-4: the largest difference of a weight, as a share of the largest number of its tensor. */
  readonly tolerance?: number
}

const [ROWS, BATCH, EPOCHS] = [30, 8, 5] as const

/** Random data for a case; the same for the same name. */
export function dataFor(
  { name, inputs, targets, values = 'any', vocabulary }: AgreementCase,
  rows: number = ROWS,
): Dataset {
  const random = new RandomStream(name)
  const block = (shape: readonly number[], fill: (out: Float32Array, width: number) => void): DenseBlock => {
    const data = sharedFloats(rows * sizeOf(shape))
    fill(data, shape.at(-1) ?? 1)
    return { kind: 'dense', data, shape }
  }
  const task: Task =
    typeof values === 'number'
      ? { kind: 'classification', classes: Array.from({ length: values }, String) }
      : { kind: 'regression' }
  const target = (out: Float32Array, width: number) => {
    for (let i = 0; i < out.length; i++) {
      if (typeof values === 'number') out[i] = random.integer(values)
      else if (values === 'signs') out[i] = random.next() < 0.5 ? -1 : 1
      else if (values === 'bits') out[i] = random.next() < 0.5 ? 0 : 1
      else out[i] = values === 'any' ? random.normal() : 0.1 + random.next()
    }
    if (values !== 'shares') return
    for (let row = 0; row < out.length; row += width) {
      const line = out.subarray(row, row + width)
      const sum = line.reduce((a, b) => a + b)
      line.forEach((value, i) => {
        line[i] = value / sum
      })
    }
  }
  const normal = (out: Float32Array) => {
    for (let i = 0; i < out.length; i++) out[i] = vocabulary ? random.integer(vocabulary) : random.normal()
  }
  return {
    rows,
    inputs: inputs.map((shape) => block(shape, normal)) as [DenseBlock, ...DenseBlock[]],
    targets: targets.map((shape) => block(shape, target)) as [DenseBlock, ...DenseBlock[]],
    task,
  }
}

type Arithmetic = 'strict' | 'auto'

/** Trains 20 steps on the simd engine in a guarded arena and on tfjs's cpu backend: weights and metrics must agree. */
export async function expectAgreement(agreement: AgreementCase, ...arithmetics: readonly Arithmetic[]): Promise<void> {
  const dataset = dataFor(agreement)
  const theirs = (agreement.reference ?? agreement.build)()
  seedWeights(theirs, agreement.name)
  const expected = await trainOnTfjs(theirs, dataset)
  for (const arithmetic of arithmetics.length > 0 ? arithmetics : (['auto'] as const)) {
    const { model, losses } = await trainGuarded(agreement, dataset, arithmetic)
    expect(losses.length, String(losses)).toBe(EPOCHS)
    for (const [i, loss] of expected.entries()) {
      const own = losses[i] ?? Number.NaN
      expect(
        Math.abs(own - loss) / Math.max(1e-3, Math.abs(loss)),
        `loss of epoch ${i + 1}: ${own} for ${loss}`,
      ).toBeLessThan(1e-3)
    }
    const { tolerance = 1e-4 } = agreement
    theirs.getWeights().forEach((weight, k) => {
      const [own, other] = [model.getWeights()[k]?.dataSync() ?? [], weight.dataSync() as Float32Array]
      const largest = other.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-3)
      const worst = other.reduce((top, value, i) => Math.max(top, Math.abs(value - (own[i] as number))), 0)
      expect(worst / largest, `weight ${theirs.weights[k]?.originalName}`).toBeLessThan(tolerance)
    })
  }
}

/** The plan of a case, to be read. */
export function explained(agreement: AgreementCase): string {
  const dataset = dataFor(agreement)
  const all = Int32Array.from({ length: dataset.rows }, (_, i) => i)
  return new SimdEngine().explain(agreement.build(), { dataset, train: all, validation: all }, BATCH)
}

/** Trains a case on the simd engine; nothing may be written between two blocks of memory. */
async function trainGuarded(
  agreement: AgreementCase,
  dataset: Dataset,
  arithmetic: Arithmetic,
): Promise<{ model: LayersModel; losses: number[] }> {
  const all = Int32Array.from({ length: dataset.rows }, (_, i) => i)
  const data = { dataset, train: all, validation: all }
  const model = agreement.build()
  seedWeights(model, agreement.name)
  const arena = new Arena(true)
  const engine = new SimdEngine({ arithmetic, arena })
  expect(engine.supports(model, data)).toBe(true)
  const losses: number[] = []
  await engine.train(
    { model, epochs: { from: 0, to: EPOCHS }, batchSize: BATCH, shuffle: false, stream: 'x', keepCheckpoint: false },
    data,
    {
      onEpoch(_, { loss }) {
        losses.push(loss as number)
        return 'continue'
      },
    },
  )
  expect(arena.damaged().map(({ name }) => name)).toEqual([])
  return { model, losses }
}

/** Weights that both models get: normal, small enough that nothing saturates. */
export function seedWeights(model: LayersModel, seed: string): void {
  const random = new RandomStream(seed).split('weights')
  const fresh = model.getWeights().map((weight, i) => {
    const variance = model.weights[i]?.originalName.includes('variance') === true
    const inputs = weight.rank === 1 ? weight.size : weight.size / (weight.shape.at(-1) ?? 1)
    const spread = 1 / Math.sqrt(Math.max(1, inputs))
    return core.tensor(
      Float32Array.from({ length: weight.size }, () => {
        const value = random.normal() * spread
        return variance ? Math.abs(value) + 0.5 : value
      }),
      weight.shape,
    )
  })
  model.setWeights(fresh)
}

/** The mean loss of each epoch. */
async function trainOnTfjs(model: LayersModel, dataset: Dataset): Promise<number[]> {
  const feed = new Feed(dataset, model)
  const order = Int32Array.from({ length: ROWS }, (_, i) => i)
  const losses: number[] = []
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    let sum = 0
    for (let from = 0; from < ROWS; from += BATCH) {
      const to = Math.min(ROWS, from + BATCH)
      const { x, y } = feed.batch(order, from, to)
      const [loss] = [await model.trainOnBatch(x, y)].flat()
      sum += (loss as number) * (to - from)
    }
    losses.push(sum / ROWS)
  }
  return losses
}
