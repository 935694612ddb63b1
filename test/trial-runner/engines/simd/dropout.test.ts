import { describe, expect, test } from 'vitest'
import { instantiate } from '../../../../src/trial-runner/engines/simd/kernels/module.ts'
import { maskKey } from '../../../../src/trial-runner/engines/simd/plan/mask-key.ts'

const memory = new WebAssembly.Memory({ initial: 16 })
const kernels = instantiate('strict', memory)
const floats = new Float32Array(memory.buffer)
const COUNT = 4096
const [X, Y] = [1024, 1024 + COUNT * 4]

function dropped(rate: number, [a, b]: readonly [number, number], x = 1): Float32Array {
  floats.fill(x, X / 4, X / 4 + COUNT)
  kernels.dropout(X, Y, COUNT, a, b, Math.round(rate * 2 ** 16), 1 / (1 - rate))
  return floats.slice(Y / 4, Y / 4 + COUNT)
}

type Key = typeof maskKey

/** Masks of many steps, epochs, layers and folds. */
function masks(rate: number, key: Key): Float32Array[] {
  const made: Float32Array[] = []
  for (const seed of [1, 2, 0x80000000]) {
    for (const epoch of [1, 2]) {
      for (const step of [0, 1, 2, 3])
        for (const layer of [0, 1, 2]) made.push(dropped(rate, key(seed, epoch, step, layer)))
    }
  }
  return made
}

const keptShare = (mask: Float32Array) => mask.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0) / mask.length

/** How often two masks say the same, at the same positions or with one shifted, at most. */
function likeness(one: Float32Array, other: Float32Array): number {
  let most = 0
  for (const shift of [0, 1, 2, 3, 4, 8, 16, 64]) {
    let same = 0
    for (let i = 0; i < COUNT; i++) if (one[i] === other[(i + shift) % COUNT]) same++
    most = Math.max(most, same / COUNT)
  }
  return most
}

/** With half of the positions kept, two independent masks agree on half of them; 6 standard errors (1 in 5e8) are let pass. */
function expectDifferent(made: readonly Float32Array[]): void {
  const limit = 0.5 + 6 * Math.sqrt(0.25 / COUNT)
  for (let i = 0; i < made.length; i++) {
    for (let j = 0; j < i; j++) {
      expect(likeness(made[i] as Float32Array, made[j] as Float32Array)).toBeLessThan(limit)
    }
  }
}

describe('dropout', () => {
  test.each([0.1, 0.5, 0.8])('keeps a share of 1 - %d and scales it', (rate) => {
    const made = masks(rate, maskKey)
    // 4 standard errors of each mask: one of 72 fails by luck once in 200 choices of seeds; these seeds are fixed.
    const error = Math.sqrt((rate * (1 - rate)) / COUNT)
    for (const mask of made) expect(Math.abs(keptShare(mask) - (1 - rate))).toBeLessThan(4 * error)
    const values = new Set(made.flatMap((mask) => Array.from(mask)))
    expect([...values].sort()).toEqual([0, Math.fround(1 / (1 - rate))])
  })

  test('repeats itself in no step, epoch, layer or fold', () => {
    expectDifferent(masks(0.5, maskKey))
  })

  test('decides neighbours apart from each other', () => {
    // The same limit as above; a hash decides positions i and i + 4.
    const limit = 0.5 + 6 * Math.sqrt(0.25 / COUNT)
    for (const mask of masks(0.5, maskKey)) {
      for (const shift of [1, 2, 4, 8]) {
        const same = mask.filter((value, i) => value === mask[(i + shift) % COUNT]).length / COUNT
        expect(Math.max(same, 1 - same)).toBeLessThan(limit)
      }
    }
  })

  test.each([
    ['a constant key', () => [1, 2] as const],
    ['a key without the layer', (seed, epoch, step) => maskKey(seed, epoch, step, 0)],
    ['a key without the fold', (_, epoch, step, layer) => maskKey(1, epoch, step, layer)],
    ['a key that counts positions', (_, epoch, step, layer) => [epoch * 64 + step * 16 + layer * 4, 0] as const],
  ] satisfies [string, Key][])('%s would be found', (_, broken) => {
    expect(() => expectDifferent(masks(0.5, broken))).toThrow()
  })

  test('is the same for the same key, and in place', () => {
    const key = maskKey(7, 1, 2, 3)
    const first = dropped(0.4, key)
    expect(dropped(0.4, key)).toEqual(first)
    floats.fill(1, X / 4, X / 4 + COUNT)
    kernels.dropout(X, X, COUNT, ...key, Math.round(0.4 * 2 ** 16), 1 / 0.6)
    expect(floats.slice(X / 4, X / 4 + COUNT)).toEqual(first)
  })

  test('treats a last half block as the others', () => {
    const [a, b] = maskKey(7, 1, 2, 3)
    const whole = dropped(0.4, [a, b])
    floats.fill(-1, Y / 4, Y / 4 + COUNT)
    kernels.dropout(X, Y, COUNT - 12, a, b, Math.round(0.4 * 2 ** 16), 1 / 0.6)
    expect(floats.slice(Y / 4, Y / 4 + COUNT - 12)).toEqual(whole.slice(0, COUNT - 12))
    expect(floats.slice(Y / 4 + COUNT - 12, Y / 4 + COUNT)).toEqual(new Float32Array(12).fill(-1))
  })

  test('has behind a relu the gradient of both, without another mask', () => {
    const key = maskKey(7, 1, 2, 3)
    const mask = dropped(0.4, key)
    const z = Float32Array.from({ length: COUNT }, (_, i) => Math.sin(i))
    floats.set(
      z.map((value) => Math.max(0, value)),
      X / 4,
    )
    kernels.dropout(X, Y, COUNT, ...key, Math.round(0.4 * 2 ** 16), 1 / 0.6)
    const d = Float32Array.from({ length: COUNT }, (_, i) => Math.cos(3 * i))
    floats.set(d, X / 4)
    kernels.dropoutReluGradient(Y, X, X, COUNT, 1 / 0.6)
    const expected = d.map((value, i) => value * ((z[i] as number) > 0 ? 1 : 0) * (mask[i] as number))
    const [g, wanted] = [floats.slice(X / 4, X / 4 + COUNT), expected.map((value) => value + 0)]
    expect(g.map((value) => value + 0)).toEqual(wanted)
  })
})
