import { expect, test } from 'vitest'
import { instantiate } from '../../../../src/trial-runner/engines/simd/kernels/module.ts'
import { maskKey } from '../../../../src/trial-runner/engines/simd/plan/mask-key.ts'

const memory = new WebAssembly.Memory({ initial: 16 })
const kernels = instantiate('strict', memory)
const floats = new Float32Array(memory.buffer)
const [ROWS, COUNT, LANES] = [64, 5, 16] as const
const TOTAL = ROWS * COUNT * LANES
const [X, Y] = [1024, 1024 + TOTAL * 4]

function dropped(rate: number, step: number): Float32Array {
  floats.fill(1, X / 4, X / 4 + TOTAL)
  const [a, b] = maskKey(3, 1, step, 0)
  kernels.dropoutChannels(X, Y, ROWS, COUNT, LANES, a, b, Math.round(rate * 2 ** 32), 1 / (1 - rate))
  return floats.slice(Y / 4, Y / 4 + TOTAL)
}

/** The mask of a row's channels; throws where it differs from line to line. */
function channels(mask: Float32Array, row: number): number[] {
  const [first, ...others] = Array.from({ length: COUNT }, (_, i) =>
    Array.from(mask.subarray((row * COUNT + i) * LANES, (row * COUNT + i + 1) * LANES)),
  )
  for (const other of others) expect(other).toEqual(first)
  return first ?? []
}

test.each([0.2, 0.5])('drops whole channels, a share of %d of them, and scales the rest', (rate) => {
  const mask = dropped(rate, 0)
  const all = Array.from({ length: ROWS }, (_, row) => channels(mask, row)).flat()
  expect([...new Set(all)].sort()).toEqual([0, Math.fround(1 / (1 - rate))])
  const kept = all.filter((value) => value > 0).length / all.length
  // 4 standard errors; 1 in 16,000 by luck, and the seed is fixed.
  expect(Math.abs(kept - (1 - rate))).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / all.length))
})

test('differs from row to row and from step to step', () => {
  const [one, other] = [dropped(0.5, 0), dropped(0.5, 1)]
  expect(channels(one, 0)).not.toEqual(channels(one, 1))
  expect(one).not.toEqual(other)
})
