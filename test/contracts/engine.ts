import * as core from '@tensorflow/tfjs-core'
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import type { Checkpoint } from '../../src/core/checkpoint.ts'
import type { Engine } from '../../src/trial-runner/engines/engine.ts'
import { SimdEngine } from '../../src/trial-runner/engines/simd/engine.ts'
import { TfjsEngine } from '../../src/trial-runner/engines/tfjs/engine.ts'
import { Feed } from '../../src/trial-runner/engines/tfjs/feed.ts'
import { images, type Network, sequences, table } from './networks.ts'
import { distance, type Job, lossesOf, reference, type Trained, trained } from './training.ts'

/** A fresh engine, whose backend is tfjs's when the promise resolves. */
export type MakeEngine = () => Promise<Engine>

export interface EngineTraits {
  /** How far a repetition, or a continuation, may be from the first: 0, the same bits, unless said otherwise. */
  readonly spread?: number
  /** How far from the reference. Default 1e-4. */
  readonly tolerance?: number
}

type Rule = (make: MakeEngine, traits: EngineTraits) => Promise<void>

const DROPOUT = { dropout: 0.4 }

/** Trains networks with dropout, each with a model of its own. */
const withDropout = (engine: Engine, network: Network, job: Job = {}): Promise<Trained> =>
  trained(engine, network, { model: network.build(DROPOUT), ...job })

function expectSame(one: Trained, other: Trained, spread = 0): void {
  if (spread === 0) {
    expect(one.curve).toEqual(other.curve)
    expect(one.weights).toEqual(other.weights)
  } else {
    expect(distance(lossesOf(one), lossesOf(other))).toBeLessThan(spread)
    expect(distance(one.weights, other.weights)).toBeLessThan(spread)
  }
}

/** Those networks that it says it can train; it must be able to train tables and images. */
function supported(engine: Engine): Network[] {
  const networks = [table, images, sequences]
  const able = networks.filter(({ build, data }) => engine.supports(build(), data) === true)
  expect(able).toEqual(expect.arrayContaining(networks.filter((network) => network !== sequences)))
  return able
}

const numbersOf = ({ weights, optimizer }: Checkpoint): number[][] =>
  [...weights, ...optimizer].map(({ values }) => Array.from(values))

/** What every engine must do, each rule by itself so that broken engines can be shown to fail it. */
export const engineRules = {
  "trains to the numbers of tfjs's plain JavaScript": async (make, traits) => {
    const { tolerance = 1e-4 } = traits
    const networks = supported(await make())
    for (const network of networks) {
      const expected = await reference(network)
      const found = await trained(await make(), network)
      expect(distance(lossesOf(found), lossesOf(expected)), `losses of ${network.name}`).toBeLessThan(tolerance)
      expect(distance(found.weights, expected.weights), `weights of ${network.name}`).toBeLessThan(tolerance)
    }
  },

  'reports metrics by the names of Keras, epochs from 1': async (make) => {
    const { curve, end, epochs } = await trained(await make(), table)
    expect([end, epochs, curve.length]).toEqual(['complete', 4, 4])
    for (const metrics of curve) {
      expect(Object.keys(metrics).sort()).toEqual(['accuracy', 'loss', 'val_accuracy', 'val_loss'])
      expect(Object.values(metrics)).toSatisfy((values: number[]) => values.every(Number.isFinite))
    }
  },

  'gives the same for the same job': async (make, traits) => {
    const { spread } = traits
    const engine = await make()
    for (const network of supported(engine)) {
      const first = await withDropout(engine, network)
      expectSame(await withDropout(engine, network), first, spread)
      expectSame(await withDropout(await make(), network), first, spread)
    }
  },

  'draws order and dropout from the stream of the job': async (make) => {
    const engine = await make()
    const plain = await trained(engine, table, { stream: 'a' })
    const inOrder = await trained(engine, table, { stream: 'a', shuffle: false })
    const other = await trained(engine, table, { stream: 'b' })
    expect(other.weights).not.toEqual(plain.weights)
    expect(inOrder.weights).not.toEqual(plain.weights)
    const dropped = await withDropout(engine, table, { stream: 'a', shuffle: false })
    const otherwise = await withDropout(engine, table, { stream: 'b', shuffle: false })
    expect(otherwise.weights).not.toEqual(dropped.weights)
  },

  'goes on from a checkpoint as if it had never stopped': async (make, traits) => {
    const { spread } = traits
    const networks = supported(await make())
    for (const network of networks) {
      const whole = await withDropout(await make(), network, { keepCheckpoint: true })
      for (const cut of [1, 3]) {
        const first = await withDropout(await make(), network, { epochs: { from: 0, to: cut }, keepCheckpoint: true })
        expect(first.checkpoint?.epoch).toBe(cut)
        const checkpoint = structuredClone(first.checkpoint) as Checkpoint
        const rest = { epochs: { from: cut, to: 4 }, checkpoint, keepCheckpoint: true }
        const second = await withDropout(await make(), network, rest)
        expectSame({ ...second, curve: [...first.curve, ...second.curve] }, whole, spread)
        const [saved, at] = [second.checkpoint, whole.checkpoint].map((one) => numbersOf(one as Checkpoint))
        expect(distance(saved ?? [], at ?? [])).toBeLessThanOrEqual(spread ?? 0)
      }
    }
  },

  'keeps a checkpoint where it is asked to, and only there': async (make) => {
    const engine = await make()
    expect((await trained(engine, table)).checkpoint).toBeUndefined()
    const { checkpoint, weights } = await trained(engine, table, { keepCheckpoint: true, stopAfter: 2 })
    expect(checkpoint?.epoch).toBe(2)
    expect(checkpoint?.weights.map(({ values }) => Array.from(values))).toEqual(weights)
    expect(engine.wrote(checkpoint as Checkpoint)).toBe(true)
  },

  'trains not one step after a hook said stop': async (make, { spread }) => {
    const pruned = await trained(await make(), table, { stopAfter: 2 })
    expect([pruned.end, pruned.epochs, pruned.curve.length]).toEqual(['pruned', 2, 2])
    expectSame(pruned, await trained(await make(), table, { epochs: { from: 0, to: 2 } }), spread)
  },

  'ends where the loss is no number, that epoch reported': async (make) => {
    for (const rate of [Number.NaN, 1e30]) {
      const model = table.build({ optimizer: core.train.sgd(rate) })
      const { end, epochs, curve } = await trained(await make(), table, { model, epochs: { from: 0, to: 9 } })
      expect([end, curve.length]).toEqual(['diverged', epochs])
      const finite = curve.map(({ loss, val_loss }) => Number.isFinite(loss) && Number.isFinite(val_loss))
      expect(finite.indexOf(false)).toBe(epochs - 1)
    }
  },

  'puts the weights of the best epoch back after early stopping': async (make, { spread }) => {
    const stopping = { monitor: 'val_loss', direction: 'minimize', patience: 2, restoreBest: true } as const
    const build = () => table.build({ optimizer: core.train.sgd(2) })
    const job = { model: build(), earlyStopping: stopping, epochs: { from: 0, to: 60 }, keepCheckpoint: true }
    const { curve, end, weights, checkpoint } = await trained(await make(), table, job)
    const losses = curve.map(({ val_loss = Number.NaN }) => val_loss)
    const best = losses.indexOf(Math.min(...losses)) + 1
    expect([end, curve.length]).toEqual(['complete', best + 2])
    expect(checkpoint?.stopping?.bestEpoch).toBe(best)
    const upTo = await trained(await make(), table, { model: build(), epochs: { from: 0, to: best } })
    expect(distance(weights, upTo.weights)).toBeLessThanOrEqual(spread ?? 0)
  },

  'leaves the trained weights in the LayersModel': async (make, traits) => {
    const { tolerance = 1e-4 } = traits
    const networks = supported(await make())
    for (const network of networks) {
      const engine = await make()
      const model = network.build()
      const { curve } = await trained(engine, network, { model })
      expect(distance([[await lossOf(model, network)]], [[curve.at(-1)?.val_loss ?? Number.NaN]])).toBeLessThan(
        tolerance,
      )
    }
  },

  'keeps no tensor after a training': async (make) => {
    const engine = await make()
    const model = table.build(DROPOUT)
    const once = () => trained(engine, table, { model, keepCheckpoint: true })
    await once()
    const tensors = core.memory().numTensors
    for (let run = 0; run < 3; run++) await once()
    expect(core.memory().numTensors).toBe(tensors)
  },

  'refuses the checkpoint of another engine': async (make) => {
    const engine = await make()
    const other = engine.name === 'simd' ? new TfjsEngine('cpu') : new SimdEngine()
    const { checkpoint } = await trained(other, table, { epochs: { from: 0, to: 1 }, keepCheckpoint: true })
    expect(engine.wrote(checkpoint as Checkpoint)).toBe(false)
    const later = trained(engine, table, { epochs: { from: 1, to: 2 }, checkpoint: checkpoint as Checkpoint })
    await expect(later).rejects.toMatchObject({ code: 'engine/unsupported' })
  },

  'says of each model that it can train it, or what it cannot': async (make) => {
    const engine = await make()
    for (const network of [sequences, withOwnLoss, withOwnLayer]) {
      const answer = engine.supports(network.build(), network.data)
      if (answer === true) {
        expect((await trained(engine, network)).end).toBe('complete')
      } else {
        expect(answer).toMatch(/^(layer|loss|metric|optimizer|input|output) /)
        await expect(trained(engine, network)).rejects.toMatchObject({ code: 'engine/unsupported' })
      }
    }
  },
} satisfies Record<string, Rule>

/** Of the rows to validate, as tfjs computes it. */
async function lossOf(model: LayersModel, { data: { dataset, validation } }: Network): Promise<number> {
  const { x, y } = new Feed(dataset, model).batch(validation, 0, validation.length)
  const [loss] = [model.evaluate(x, y)].flat()
  return (await loss?.data())?.[0] ?? Number.NaN
}

const withOwnLoss: Network = {
  ...table,
  name: 'own loss',
  build() {
    const model = table.build()
    model.compile({ optimizer: 'sgd', loss: (truth, predicted) => core.mean(core.abs(core.sub(truth, predicted))) })
    return model
  },
}

class Halved extends layers.Layer {
  static readonly className = 'Halved'

  override call(inputs: core.Tensor | core.Tensor[]): core.Tensor {
    return core.tidy(() => core.div([inputs].flat()[0] as core.Tensor, 2))
  }
}

const withOwnLayer: Network = {
  ...table,
  name: 'own layer',
  build() {
    const output = layers.dense({ units: 3, activation: 'softmax', kernelInitializer: 'zeros', inputShape: [6] })
    const model = sequential({ layers: [output, new Halved()] })
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' })
    return model
  },
}

/** The suite that every engine passes. */
export function engineContract(name: string, make: MakeEngine, traits: EngineTraits = {}): void {
  describe(`${name}: contract of engines`, () => {
    for (const [rule, check] of Object.entries<Rule>(engineRules)) it(rule, () => check(make, traits))
  })
}
