import { expect, test } from 'vitest'
import { measure } from '../../bench/memory.ts'

// The growth seen is 2 to 8%, what the study has to remember of its trials included; a model a trial would add far more.
test.each(['pool', 'inline'] as const)(
  'memory after 250 trials is about that after 50: %s',
  async (where) => {
    const [early, late] = await measure({ engine: 'simd', where, moments: [50, 250] })
    expect(Number(late?.residentBytes) / Number(early?.residentBytes)).toBeLessThan(1.15)
  },
  180_000,
)

test.each(['simd', 'tfjs'] as const)(
  'tensors after 40 trials on the %s engine are those after 5',
  async (engine) => {
    const held = await measure({ engine, where: 'inline', moments: [5, 10, 20, 40] })
    expect(held).toHaveLength(4)
    expect(new Set(held.map(({ tensors }) => tensors)).size).toBe(1)
  },
  180_000,
)
