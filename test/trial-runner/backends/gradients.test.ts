import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { RandomStream } from '../../../src/core/random.ts'
import { cpu } from '../../../src/trial-runner/backends/cpu.ts'
import { wasm } from '../../../src/trial-runner/backends/wasm.ts'
import '../../../src/trial-runner/engines/tfjs/tf.ts'

type Operation = (x: never, filter: never) => tf.Tensor

interface Case {
  readonly name: string
  readonly shapes: readonly number[][]
  readonly operation: Operation
}

const STEP = 0.25

/** Whole numbers, none twice: nothing is nearly as large as the largest, and small steps are exact. */
function shuffled(shape: readonly number[], seed: string): Float32Array {
  const size = shape.reduce((product, extent) => product * extent, 1)
  const order = new RandomStream(seed).shuffle(Int32Array.from({ length: size }, (_, i) => i - Math.floor(size / 2)))
  return Float32Array.from(order)
}

/** Sum of f(inputs), weighted, in double precision. */
function weighted(operation: Operation, inputs: readonly tf.Tensor[]): number {
  return tf.tidy(() => {
    const values = operation(inputs[0] as never, inputs[1] as never).dataSync<'float32'>()
    const weights = shuffled([values.length], 'weights')
    return values.reduce((sum, value, i) => sum + value * (weights[i] as number), 0)
  })
}

/** All of these are linear in each input by itself (as long as the largest stays the largest): differences are exact. */
function differences(operation: Operation, inputs: readonly tf.Tensor[]): number[][] {
  return inputs.map((input, k) =>
    Array.from(input.dataSync(), (_, i) => {
      const at = (step: number): number => {
        const values = Float32Array.from(input.dataSync())
        values[i] = (values[i] as number) + step
        const moved = tf.tensor(values, input.shape)
        return weighted(
          operation,
          inputs.map((own, j) => (j === k ? moved : own)),
        )
      }
      return (at(STEP) - at(-STEP)) / (2 * STEP)
    }),
  )
}

function gradients(operation: Operation, inputs: readonly tf.Tensor[]): number[][] {
  const loss = (...args: tf.Tensor[]) => {
    const out = operation(args[0] as never, args[1] as never)
    return tf.sum(tf.mul(out, tf.tensor(shuffled([out.size], 'weights'), out.shape))) as tf.Scalar
  }
  return tf
    .grads(loss)([...inputs])
    .map((gradient) => Array.from(gradient.dataSync()))
}

const image = [2, 7, 6, 3]
const volume = [2, 5, 4, 5, 2]
const paddings = ['valid', 'same'] as const

const cases: Case[] = [
  ...paddings.flatMap((pad): Case[] =>
    [1, 2, 3].flatMap((stride): Case[] => [
      ...[1, 2, 3].flatMap((size): Case[] => [
        {
          name: `maxPool ${size} ${pad} stride ${stride}`,
          shapes: [image],
          operation: (x) => tf.maxPool(x, size, stride, pad),
        },
        {
          name: `avgPool ${size} ${pad} stride ${stride}`,
          shapes: [image],
          operation: (x) => tf.avgPool(x, size, stride, pad),
        },
      ]),
      {
        name: `maxPool3d ${pad} stride ${stride}`,
        shapes: [volume],
        operation: (x) => tf.maxPool3d(x, 3, stride, pad),
      },
      {
        name: `avgPool3d ${pad} stride ${stride}`,
        shapes: [volume],
        operation: (x) => tf.avgPool3d(x, 3, stride, pad),
      },
      {
        name: `conv2d ${pad} stride ${stride}`,
        shapes: [image, [3, 2, 3, 2]],
        operation: (x, filter) => tf.conv2d(x, filter, stride, pad),
      },
      {
        name: `conv2dTranspose ${pad} stride ${stride}`,
        shapes: [
          [2, 3, 2, 2],
          [3, 3, 2, 2],
        ],
        operation: (x, filter) => tf.conv2dTranspose(x, filter, transposedShape(stride, pad), stride, pad),
      },
      {
        name: `depthwiseConv2d ${pad} stride ${stride}`,
        shapes: [image, [3, 2, 3, 2]],
        operation: (x, filter) => tf.depthwiseConv2d(x, filter, stride, pad),
      },
      {
        name: `conv3d ${pad} stride ${stride}`,
        shapes: [volume, [2, 3, 2, 2, 2]],
        operation: (x, filter) => tf.conv3d(x, filter, stride, pad),
      },
    ]),
  ),
  ...[true, false].flatMap((alignCorners): Case[] =>
    (
      [
        [14, 18],
        [5, 9],
      ] as [number, number][]
    ).flatMap((size): Case[] => [
      {
        name: `resizeNearestNeighbor to ${size}, corners aligned ${alignCorners}`,
        shapes: [image],
        operation: (x: tf.Tensor4D) => tf.image.resizeNearestNeighbor(x, size, alignCorners),
      },
      {
        name: `resizeBilinear to ${size}, corners aligned ${alignCorners}`,
        shapes: [image],
        operation: (x: tf.Tensor4D) => tf.image.resizeBilinear(x, size, alignCorners),
      },
    ]),
  ),
  {
    name: 'gather with repetitions',
    shapes: [[5, 2, 3]],
    operation: (x) => tf.gather(x, tf.tensor1d([4, 1, 1, 0, 4, 4], 'int32')),
  },
  {
    name: 'gather from the middle axis',
    shapes: [[2, 5, 3]],
    operation: (x) => tf.gather(x, tf.tensor2d([4, 1, 1, 0], [2, 2], 'int32'), 1),
  },
]

function transposedShape(stride: number, pad: 'valid' | 'same'): [number, number, number, number] {
  const extent = (input: number) => (pad === 'same' ? input * stride : input * stride + Math.max(3 - stride, 0))
  return [2, extent(3), extent(2), 2]
}

describe.each(['cpu', 'wasm'])('on %s, gradients are what differences say', (backend) => {
  beforeAll(async () => {
    await cpu.load()
    await wasm.load()
    await tf.setBackend(backend)
  })

  test.each(cases)('$name', ({ shapes, operation }) => {
    tf.tidy(() => {
      const inputs = shapes.map((shape, i) => tf.tensor(shuffled(shape, `input ${i}`), shape))
      const expected = differences(operation, inputs)
      const found = gradients(operation, inputs)
      for (const [k, gradient] of expected.entries()) {
        const scale = Math.max(...gradient.map(Math.abs))
        const worst = Math.max(...gradient.map((value, i) => Math.abs(value - (found[k]?.[i] ?? Number.NaN))))
        expect(worst / scale, `of input ${k}`).toBeLessThan(1e-4)
      }
    })
  })
})

test.each(cases)(
  '$name gives on wasm what it gives on cpu, negative numbers included',
  async ({ shapes, operation }) => {
    const [x = [], filter = []] = shapes
    const values: Float32Array[] = []
    for (const backend of ['cpu', 'wasm']) {
      await tf.setBackend(backend)
      const inputs = [tf.sub(tf.tensor(shuffled(x, 'x'), x), 100), tf.tensor(shuffled(filter, 'filter'), filter)]
      values.push(operation(inputs[0] as never, inputs[1] as never).dataSync<'float32'>())
    }
    const [theirs = new Float32Array(), ours = new Float32Array()] = values
    const scale = theirs.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    const worst = theirs.reduce((most, value, i) => Math.max(most, Math.abs(value - (ours[i] ?? Number.NaN))), 0)
    expect(ours).toHaveLength(theirs.length)
    expect(worst / scale).toBeLessThan(1e-5)
  },
)

test('rows that belong to no segment count nowhere', async () => {
  await wasm.load()
  const ids = tf.tensor1d([2, -1, 0, 2, 7], 'int32')
  const sums = tf.unsortedSegmentSum(tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [5, 2]), ids, 3)
  expect(Array.from(sums.dataSync())).toEqual([5, 6, 0, 0, 8, 10])
})
