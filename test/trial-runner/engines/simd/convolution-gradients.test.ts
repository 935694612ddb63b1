import { tensor, tidy, train } from '@tensorflow/tfjs-core'
import { layers, sequential } from '@tensorflow/tfjs-layers'
import { describe, expect, test } from 'vitest'
import { RandomStream } from '../../../../src/core/random.ts'
import { type Dataset, sharedFloats } from '../../../../src/data/dataset.ts'
import { SimdEngine } from '../../../../src/trial-runner/engines/simd/engine.ts'
import './agreement.ts'
import { type Convolution64, convolve64, gradients64, type Images64 } from './convolution64.ts'

// Gradients of two convolutions, the second one by tiles where it has many filters: one step of plain descent shows them.

interface Stack {
  readonly images: Images64
  readonly convolutions: readonly Convolution64[]
  readonly targets: readonly number[]
}

/** Numbers are rounded to floats, so that both sides begin with the same. */
function randomStack(seed: number): Stack {
  const random = new RandomStream('convolutions').split(seed)
  const floats = (count: number, scale: number) =>
    Array.from({ length: count }, () => Math.fround(random.normal() * scale))
  const [height, width, channels] = [6 + random.integer(3), 6 + random.integer(3), 2]
  const images = { rows: 3, height, width, channels, values: floats(3 * height * width * channels, 1) }
  const [first, second] = [8 + random.integer(3), 8 + random.integer(3)]
  const convolutions = [
    { size: 1, same: false, relu: false, kernel: floats(channels * first, 0.7), bias: floats(first, 0.3) },
    {
      size: 3,
      same: seed % 2 === 0,
      relu: seed % 3 === 0,
      kernel: floats(9 * first * second, 1 / Math.sqrt(9 * first)),
      bias: floats(second, 0.3),
    },
  ]
  return { images, convolutions, targets: floats(convolutions.reduce(convolve64, images).values.length, 1) }
}

/** What one step takes away from each weight, and whether it went by tiles. */
async function stepOf({ images, convolutions, targets }: Stack): Promise<{ gradients: number[][]; tiles: boolean }> {
  const { rows, height, width, channels, values } = images
  const model = sequential({
    layers: [
      ...convolutions.map(({ size, same, relu, bias }, i) =>
        layers.conv2d({
          filters: bias.length,
          kernelSize: size,
          padding: same ? 'same' : 'valid',
          activation: relu ? 'relu' : 'linear',
          ...(i === 0 ? { inputShape: [height, width, channels] } : {}),
        }),
      ),
      layers.flatten(),
    ],
  })
  model.compile({ loss: 'meanSquaredError', optimizer: train.sgd(1) })
  const before = convolutions.flatMap(({ kernel, bias }) => [kernel, bias])
  tidy(() => model.setWeights(model.getWeights().map(({ shape }, i) => tensor(before[i] as number[], shape))))
  const block = (numbers: readonly number[], shape: number[]) => {
    const data = sharedFloats(numbers.length)
    data.set(numbers)
    return { kind: 'dense', data, shape } as const
  }
  const dataset: Dataset = {
    rows,
    inputs: [block(values, [height, width, channels])],
    targets: [block(targets, [targets.length / rows])],
    task: { kind: 'regression' },
  }
  const data = { dataset, train: Int32Array.from({ length: rows }, (_, i) => i), validation: new Int32Array() }
  const engine = new SimdEngine()
  const tiles = engine.explain(model, data, rows).includes('by tiles')
  const job = { epochs: { from: 0, to: 1 }, batchSize: rows, shuffle: false, stream: 'x', keepCheckpoint: false }
  await engine.train({ ...job, model }, data, { onEpoch: () => 'continue' })
  const gradients = model
    .getWeights()
    .map((weight, k) => Array.from(weight.dataSync(), (value, i) => (before[k]?.[i] as number) - value))
  return { gradients, tiles }
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

describe('gradients of random convolutions', () => {
  const tiled: boolean[] = []

  test.each(Array.from({ length: 12 }, (_, seed) => seed))('convolutions %i', async (seed) => {
    const stack = randomStack(seed)
    const { gradients, tiles } = await stepOf(stack)
    tiled.push(tiles)
    const expected = gradients64(stack.images, stack.convolutions, stack.targets)
    expect(distance(gradients, expected)).toBeLessThan(1e-4)
    const wrong = expected.map((gradient) => gradient.map((value) => value * 1.01))
    expect(distance(gradients, wrong)).toBeGreaterThan(1e-3)
  })

  test('both ways of convolution were among them', () => {
    expect(tiled).toContain(true)
    expect(tiled).toContain(false)
  })
})
