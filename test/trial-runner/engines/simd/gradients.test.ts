import { tensor, tidy, train } from '@tensorflow/tfjs-core'
import { layers, regularizers, sequential } from '@tensorflow/tfjs-layers'
import { describe, expect, test } from 'vitest'
import { RandomStream } from '../../../../src/core/random.ts'
import { type Dataset, sharedFloats } from '../../../../src/data/dataset.ts'
import { SimdEngine } from '../../../../src/trial-runner/engines/simd/engine.ts'
import './agreement.ts'
import { type Activation64, activations64, gradients64, type Layer64, type Loss64 } from './network64.ts'

// Gradients of random networks, which one step of plain descent shows, against central differences in double precision.

const ROWS = 10
const HIDDEN = Object.keys(activations64) as (keyof typeof activations64)[]

/** What each loss wants at the end of a network, and as targets. */
const ENDS: Readonly<Record<Loss64, readonly [Activation64, (random: RandomStream, width: number) => number[]]>> = {
  meanSquaredError: ['linear', (random, width) => Array.from({ length: width }, () => random.normal())],
  logcosh: ['tanh', (random, width) => Array.from({ length: width }, () => random.normal())],
  poisson: ['softplus', (random, width) => Array.from({ length: width }, () => random.next() + 0.1)],
  binaryCrossentropy: ['sigmoid', (random, width) => Array.from({ length: width }, () => random.integer(2))],
  categoricalCrossentropy: [
    'softmax',
    (random, width) => {
      const own = random.integer(width)
      return Array.from({ length: width }, (_, i) => (i === own ? 1 : 0))
    },
  ],
  cosineProximity: ['linear', (random, width) => Array.from({ length: width }, () => random.normal())],
}

interface Network {
  readonly layers: Layer64[]
  readonly loss: Loss64
  readonly rows: number[][]
  readonly targets: number[][]
}

/** Weights and data are rounded to floats first, so that both sides begin with the same numbers. */
function randomNetwork(seed: number): Network {
  const random = new RandomStream('gradients').split(seed)
  const float = (scale: number) => Math.fround(random.normal() * scale)
  const loss = Object.keys(ENDS)[seed % Object.keys(ENDS).length] as Loss64
  const [last, target] = ENDS[loss]
  const depth = 1 + random.integer(3)
  const widths = Array.from({ length: depth + 1 }, () => 2 + random.integer(11))
  const layers = Array.from({ length: depth }, (_, i): Layer64 => {
    const [inputs, units] = [widths[i] as number, widths[i + 1] as number]
    return {
      activation: i === depth - 1 ? last : (HIDDEN[random.integer(HIDDEN.length)] as Activation64),
      kernel: Array.from({ length: inputs }, () => Array.from({ length: units }, () => float(1 / Math.sqrt(inputs)))),
      bias: Array.from({ length: units }, () => float(0.3)),
      l2: random.integer(3) === 0 ? 0.03 : 0,
    }
  })
  return {
    layers,
    loss,
    rows: Array.from({ length: ROWS }, () => Array.from({ length: widths[0] as number }, () => float(1))),
    targets: Array.from({ length: ROWS }, () => target(random, widths[depth] as number).map(Math.fround)),
  }
}

async function gradientsOf(network: Network): Promise<number[][]> {
  const { loss, rows, targets } = network
  const model = sequential({
    layers: network.layers.map(({ activation, kernel, bias, l2 }) =>
      layers.dense({
        units: bias.length,
        activation,
        inputShape: [kernel.length],
        ...(l2 > 0 ? { kernelRegularizer: regularizers.l2({ l2 }) } : {}),
      }),
    ),
  })
  model.compile({ loss, optimizer: train.sgd(1) })
  const before = network.layers.flatMap(({ kernel, bias }) => [kernel.flat(), bias])
  tidy(() => model.setWeights(model.getWeights().map(({ shape }, i) => tensor(before[i] as number[], shape))))
  const block = (lines: number[][]) => {
    const data = sharedFloats(lines.flat().length)
    data.set(lines.flat())
    return { kind: 'dense', data, shape: [lines[0]?.length ?? 0] } as const
  }
  const dataset: Dataset = {
    rows: ROWS,
    inputs: [block(rows)],
    targets: [block(targets)],
    task: { kind: 'regression' },
  }
  const all = Int32Array.from({ length: ROWS }, (_, i) => i)
  await new SimdEngine().train(
    { model, epochs: { from: 0, to: 1 }, batchSize: ROWS, shuffle: false, stream: 'x', keepCheckpoint: false },
    { dataset, train: all, validation: new Int32Array() },
    { onEpoch: () => 'continue' },
  )
  return model.getWeights().map((weight, k) => {
    return Array.from(weight.dataSync(), (value, i) => (before[k]?.[i] as number) - value)
  })
}

/** The largest error, as a share of the largest gradient of the same weight. */
function distance(own: readonly number[][], reference: readonly number[][]): number {
  return Math.max(
    ...reference.map((gradient, k) => {
      const largest = Math.max(1e-2, ...gradient.map(Math.abs))
      return Math.max(...gradient.map((value, i) => Math.abs(value - (own[k]?.[i] as number)))) / largest
    }),
  )
}

describe('gradients of random networks', () => {
  test.each(Array.from({ length: 60 }, (_, seed) => seed))('network %i', async (seed) => {
    const network = randomNetwork(seed)
    const { layers, loss, rows, targets } = network
    expect(distance(await gradientsOf(network), gradients64(layers, loss, rows, targets))).toBeLessThan(1e-4)
  })

  test('a gradient that is 1% off would be found', async () => {
    const network = randomNetwork(0)
    const { layers, loss, rows, targets } = network
    const wrong = gradients64(layers, loss, rows, targets).map((gradient) => gradient.map((value) => value * 1.01))
    expect(distance(await gradientsOf(network), wrong)).toBeGreaterThan(1e-3)
  })
})
