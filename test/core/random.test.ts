import { expect, test } from 'vitest'
import { RandomStream } from '../../src/core/random.ts'

const draws = (stream: RandomStream, count: number) => Array.from({ length: count }, () => stream.next())

test('a stream is a function of its path alone', () => {
  const parent = new RandomStream(7)
  const before = draws(parent.split('trial', 3), 5)
  draws(parent, 100)
  expect(draws(parent.split('trial', 3), 5)).toEqual(before)
  expect(draws(new RandomStream('7/trial/3'), 5)).toEqual(before)
})

test('streams of other labels or seeds differ', () => {
  const heads = ['1/a', '1/b', '2/a', '1/a/0', '11/a'].map((path) => new RandomStream(path).next())
  expect(new Set(heads).size).toBe(heads.length)
})

test('seed32 is a whole number of 32 bits that differs between paths', () => {
  const seeds = Array.from({ length: 1000 }, (_, i) => new RandomStream(5).split('trial', i).seed32)
  expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)).toBe(true)
  expect(new Set(seeds).size).toBe(1000)
})

// Chance to fail by luck for another seed: below 1e-6 each (5 standard errors).
test('normal draws have mean 0 and variance 1', () => {
  const stream = new RandomStream('normal')
  const sample = Array.from({ length: 20_000 }, () => stream.normal())
  const mean = sample.reduce((sum, x) => sum + x, 0) / sample.length
  const variance = sample.reduce((sum, x) => sum + x * x, 0) / sample.length
  expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(20_000))
  expect(Math.abs(variance - 1)).toBeLessThan((5 * Math.SQRT2) / Math.sqrt(20_000))
})

test('shuffle permutes, evenly', () => {
  const counts = Array.from({ length: 4 }, () => [0, 0, 0, 0])
  for (let run = 0; run < 4000; run++) {
    const items = new RandomStream(run).shuffle([0, 1, 2, 3])
    expect([...items].sort()).toEqual([0, 1, 2, 3])
    items.forEach((item, place) => {
      const row = counts[item] as number[]
      row[place] = (row[place] as number) + 1
    })
  }
  // Expected 1,000 each, standard deviation 27; 6 of them: below 1e-7 by luck.
  for (const count of counts.flat()) expect(Math.abs(count - 1000)).toBeLessThan(165)
})
