import { layers, sequential } from '@tensorflow/tfjs-layers'
import { describe, expect, test } from 'vitest'
import { SimdEngine } from '../../../../src/trial-runner/engines/simd/engine.ts'
import { instantiate } from '../../../../src/trial-runner/engines/simd/kernels/module.ts'
import { maskKey } from '../../../../src/trial-runner/engines/simd/plan/mask-key.ts'
import { Feed } from '../../../../src/trial-runner/engines/tfjs/feed.ts'
import { dataFor, seedWeights } from './agreement.ts'
import { compiled, dense } from './models.ts'

const memory = new WebAssembly.Memory({ initial: 40 })
const kernels = instantiate('strict', memory)
const floats = new Float32Array(memory.buffer)
const COUNT = 262_144
const [X, Y] = [1024, 1024 + COUNT * 4]

type Key = readonly [number, number]
type Noise = (x: number, y: number, [a, b]: Key) => void

/** What a kernel makes of COUNT numbers, all `x`, or those that `x` gives. */
function noisy(noise: Noise, key: Key, x: number | ((i: number) => number) = 0): Float32Array {
  for (let i = 0; i < COUNT; i++) floats[X / 4 + i] = typeof x === 'number' ? x : x(i)
  noise(X, Y, key)
  return floats.slice(Y / 4, Y / 4 + COUNT)
}

const added: Noise = (x, y, [a, b]) => kernels.gaussianNoise(x, y, COUNT / 16, 16, 16, a, b, 1)
const multiplied: Noise = (x, y, [a, b]) => kernels.gaussianDropout(x, y, COUNT / 16, 16, 16, a, b, 0.5)
const key = maskKey(11, 2, 5, 1)

/** Mean, variance, skewness and kurtosis. */
function moments(values: Float32Array): [number, number, number, number] {
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  const central = (power: number) => values.reduce((sum, v) => sum + (v - mean) ** power, 0) / values.length
  const variance = central(2)
  return [mean, variance, central(3) / variance ** 1.5, central(4) / variance ** 2]
}

function correlation(one: Float32Array, other: Float32Array, shift: number): number {
  let sum = 0
  for (let i = 0; i + shift < COUNT; i++) sum += (one[i] as number) * (other[i + shift] as number)
  return sum / COUNT
}

// 4.5 standard errors everywhere: one of these bounds fails by luck once in 150,000 choices of seeds; they are fixed.
const within = (errors: number, error: number) => errors * error
const error = 1 / Math.sqrt(COUNT)

describe('gaussian noise', () => {
  test('is normal: its moments, its tails, and no value twice as often as it should', () => {
    const values = noisy(added, key)
    const [mean, variance, skewness, kurtosis] = moments(values)
    expect(Math.abs(mean)).toBeLessThan(within(4.5, error))
    expect(Math.abs(variance - 1)).toBeLessThan(within(4.5, Math.sqrt(2) * error))
    expect(Math.abs(skewness)).toBeLessThan(within(4.5, Math.sqrt(6) * error))
    expect(Math.abs(kurtosis - 3)).toBeLessThan(within(4.5, Math.sqrt(24) * error))
    for (const [limit, share] of [
      [0.5, 0.6170751],
      [1, 0.3173105],
      [2, 0.0455003],
      [3, 0.0026998],
    ] as const) {
      const beyond = values.reduce((count, value) => count + (Math.abs(value) > limit ? 1 : 0), 0) / COUNT
      expect(Math.abs(beyond - share)).toBeLessThan(within(4.5, Math.sqrt(share * (1 - share)) * error))
    }
    expect(Math.max(...values.subarray(0, 1e5))).toBeLessThan(5.8)
  })

  test('is another one at every position, step, epoch, layer and fold', () => {
    const keys = [key, maskKey(11, 2, 6, 1), maskKey(11, 3, 5, 1), maskKey(11, 2, 5, 2), maskKey(12, 2, 5, 1)]
    const made = keys.map((key) => noisy(added, key))
    for (const [i, one] of made.entries()) {
      for (const [k, other] of made.entries()) {
        for (const shift of [0, 1, 2, 3, 4, 16]) {
          if (i === k && shift === 0) continue
          expect(Math.abs(correlation(one, other, shift))).toBeLessThan(within(4.5, error))
        }
      }
    }
    expect(noisy(added, key)).toEqual(made[0])
    // The same test finds a counter that stands still.
    expect(correlation(noisy(added, key), noisy(added, key), 0)).toBeGreaterThan(0.9)
  })

  test('adds to what is there and leaves padding alone', () => {
    const plain = noisy(added, key, 0)
    const shifted = noisy(added, key, 3)
    for (let i = 0; i < 100; i++) expect((shifted[i] as number) - (plain[i] as number)).toBeCloseTo(3, 5)
    const padded = noisy((x, y, [a, b]) => kernels.gaussianNoise(x, y, COUNT / 16, 13, 16, a, b, 1), key)
    const rest = padded.filter((_, i) => i % 16 >= 13)
    expect(rest.every((value) => value === 0)).toBe(true)
  })
})

test('gaussian dropout multiplies with mean 1 and the variance of dropout, its gradient with the same', () => {
  const values = noisy(multiplied, key, 2)
  const [mean, variance] = moments(values)
  expect(Math.abs(mean - 2)).toBeLessThan(within(4.5, error))
  expect(Math.abs(variance - 1)).toBeLessThan(within(4.5, Math.sqrt(2) * error))
  expect(noisy(multiplied, key, 1).map((value) => value * 2)).toEqual(values)
})

test.each([0.1, 0.4])('alpha dropout of %d keeps mean and variance of normal numbers', (rate) => {
  const saturated = -1.7580993408473766
  const scale = 1 / Math.sqrt((1 - rate) * (1 + rate * saturated ** 2))
  const shift = -scale * saturated * rate
  const dropped = Math.fround(scale * saturated + shift)
  const run: Noise = (x, y, [a, b]) =>
    kernels.alphaDropout(x, y, COUNT / 16, 16, 16, a, b, Math.round(rate * 2 ** 32), scale, shift, dropped)
  const normal = noisy(added, maskKey(1, 1, 1, 1))
  const values = noisy(run, key, (i) => normal[i] as number)
  const lost = values.reduce((count, value) => count + (value === dropped ? 1 : 0), 0) / COUNT
  expect(Math.abs(lost - rate)).toBeLessThan(within(4.5, Math.sqrt(rate * (1 - rate)) * error))
  const [mean, variance] = moments(values)
  expect(Math.abs(mean)).toBeLessThan(within(4.5, error))
  expect(Math.abs(variance - 1)).toBeLessThan(within(4.5, 2 * error))
})

describe('layers of noise', () => {
  const dataset = dataFor({ name: 'noise', inputs: [[5]], targets: [[3]], build: net })
  const rows = Int32Array.from({ length: 30 }, (_, i) => i)
  const data = { dataset, train: rows, validation: rows }

  function net(noise?: layers.Layer) {
    const stack = [dense(40, { inputShape: [5] }), ...(noise ? [noise] : []), dense(3)]
    const model = compiled(sequential({ layers: stack }), 'meanSquaredError', 'sgd')
    seedWeights(model, 'noise')
    return model
  }

  async function firstEpoch(noise?: layers.Layer) {
    const seen: Record<string, number>[] = []
    const job = { epochs: { from: 0, to: 1 }, batchSize: 30, shuffle: false, stream: 's', keepCheckpoint: false }
    const trained = net(noise)
    await new SimdEngine().train({ ...job, model: trained }, data, {
      onEpoch(_, metrics) {
        seen.push({ ...metrics })
        return 'continue'
      },
    })
    return { loss: seen[0]?.loss ?? 0, validation: seen[0]?.val_loss ?? 0, trained }
  }

  test.each([
    ['gaussianNoise', () => layers.gaussianNoise({ stddev: 0.3 })],
    ['gaussianDropout', () => layers.gaussianDropout({ rate: 0.3 })],
    ['alphaDropout', () => layers.alphaDropout({ rate: 0.3 })],
  ] as const)('%s disturbs training and is silent at evaluation', async (_, layer) => {
    const plain = await firstEpoch()
    const noisy = await firstEpoch(layer())
    expect(noisy.loss).not.toBe(plain.loss)
    const again = net()
    again.setWeights(noisy.trained.getWeights())
    const { x, y } = new Feed(dataset, again).batch(rows, 0, rows.length)
    const [loss] = [again.evaluate(x, y)].flat().map((scalar) => scalar.dataSync()[0] as number)
    expect(noisy.validation).toBeCloseTo(loss as number, 5)
  })
})
