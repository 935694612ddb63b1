import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-layers'
import { beforeAll, expect, test } from 'vitest'
import { RandomStream } from '../../../src/core/random.ts'
import { cpu } from '../../../src/trial-runner/backends/cpu.ts'
import { wasm } from '../../../src/trial-runner/backends/wasm.ts'

beforeAll(async () => {
  await cpu.load()
  await wasm.load()
})

const random = new RandomStream('wasm-training')
function noise(shape: number[]): { shape: number[]; values: Float32Array } {
  const size = shape.reduce((product, extent) => product * extent, 1)
  return { shape, values: Float32Array.from({ length: size }, () => random.normal()) }
}

/** Gradients of sum(f(a, b) * weight) on a backend. */
async function gradients(
  backend: string,
  f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  inputs: ReturnType<typeof noise>[],
  seed: number,
): Promise<number[][]> {
  await tf.setBackend(backend)
  const [a, b] = inputs.map(({ shape, values }) => tf.tensor(values, shape)) as [tf.Tensor, tf.Tensor]
  const loss = (x: tf.Tensor, y: tf.Tensor) => {
    const out = f(x, y)
    const weights = new RandomStream(seed)
    const weight = tf.tensor(
      Float32Array.from({ length: out.size }, () => weights.normal()),
      out.shape,
    )
    return tf.sum(tf.mul(out, weight)) as tf.Scalar
  }
  return tf
    .grads(loss)([a, b])
    .map((grad) => [...grad.dataSync()])
}

async function expectAgreement(f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor, shapes: [number[], number[]]) {
  const inputs = shapes.map(noise)
  const [ours, theirs] = [await gradients('wasm', f, inputs, 1), await gradients('cpu', f, inputs, 1)]
  for (const [i, grad] of theirs.entries()) {
    const scale = Math.max(...grad.map(Math.abs))
    grad.forEach((value, j) => {
      expect(Math.abs(value - (ours[i]?.[j] as number))).toBeLessThan(1e-5 * scale)
    })
  }
}

test.each([
  [false, false, [5, 7], [7, 3]],
  [true, false, [7, 5], [7, 3]],
  [false, true, [5, 7], [3, 7]],
  [true, true, [7, 5], [3, 7]],
  [false, false, [2, 5, 7], [2, 7, 3]],
  [true, true, [2, 7, 5], [2, 3, 7]],
] as [boolean, boolean, number[], number[]][])(
  'matrix product, transposed %s %s, of %j by %j',
  async (ta, tb, a, b) => {
    await expectAgreement((x, y) => tf.matMul(x, y, ta, tb), [a, b])
  },
)

test.each([
  ['valid', 1, [2, 7, 6, 3], [3, 3, 3, 4]],
  ['same', 1, [2, 7, 6, 3], [3, 2, 3, 4]],
  ['valid', 2, [2, 8, 9, 3], [3, 3, 3, 2]],
  ['same', 2, [1, 7, 8, 2], [3, 3, 2, 5]],
] as ['valid' | 'same', number, number[], number[]][])('convolution, %s, stride %i', async (pad, stride, x, filter) => {
  await expectAgreement((a, b) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, stride, pad), [x, filter])
})
