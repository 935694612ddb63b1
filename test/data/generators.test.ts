import { describe, expect, test } from 'vitest'
import type { Dataset } from '../../src/data/dataset.ts'
import { bagsOfWords } from '../../src/data/generators/bags-of-words.ts'
import { blobs } from '../../src/data/generators/blobs.ts'
import { drawnImages } from '../../src/data/generators/drawn-images.ts'
import { friedman1 } from '../../src/data/generators/friedman1.ts'
import { moons } from '../../src/data/generators/moons.ts'
import { rowsOf } from './rows-of.ts'

const labelsOf = (dataset: Dataset): number[] => [...dataset.targets[0].data]

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

describe.each([
  { name: 'moons', make: moons },
  { name: 'friedman1', make: friedman1 },
  { name: 'blobs', make: blobs },
  { name: 'drawnImages', make: drawnImages },
])('$name', ({ name, make }) => {
  test('is the same for the same seed, and another for another', () => {
    expect(make({ rows: 20, seed: 3 })).toEqual(make({ rows: 20, seed: 3 }))
    expect(make({ rows: 20, seed: 3 })).not.toEqual(make({ rows: 20, seed: 4 }))
  })

  test('has the rows asked for, in shared memory', () => {
    const { rows, inputs, targets } = make({ rows: 33 })
    expect([rows, rowsOf(inputs[0]).length, rowsOf(targets[0]).length]).toEqual([33, 33, 33])
    expect(inputs[0].kind === 'dense' && inputs[0].data.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(targets[0].data.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  test.each([0, 2.5, Number.NaN])('refuses %d rows', (rows) => {
    expect(() => make({ rows })).toThrow(
      expect.objectContaining({
        code: 'data/bad-shape',
        message: expect.stringContaining(`${name}: rows is ${rows}; expected a whole number`),
      }),
    )
  })
})

describe('moons', () => {
  test('lie on two half circles without noise', () => {
    const dataset = moons({ rows: 100, noise: 0 })
    for (const [row, [x = 0, y = 0]] of rowsOf(dataset.inputs[0]).entries()) {
      const upper = labelsOf(dataset)[row] === 0
      expect(Math.hypot(upper ? x : x - 1, upper ? y : y - 0.5)).toBeCloseTo(1, 6)
      if (upper) expect(y).toBeGreaterThanOrEqual(0)
      else expect(y).toBeLessThanOrEqual(0.5)
    }
    expect(mean(labelsOf(dataset))).toBe(0.5)
  })

  test('have the noise asked for', () => {
    const radii = rowsOf(moons({ rows: 4000, noise: 0.05 }).inputs[0])
      .filter((_, row) => row % 2 === 0)
      .map(([x = 0, y = 0]) => Math.hypot(x, y) - 1)
    // Standard error of a deviation from 2,000 points: 1.6 %; this seed is within 5 of them.
    expect(Math.sqrt(mean(radii.map((radius) => radius * radius))) / 0.05).toBeGreaterThan(0.92)
    expect(Math.sqrt(mean(radii.map((radius) => radius * radius))) / 0.05).toBeLessThan(1.08)
  })
})

describe('friedman1', () => {
  const truth = ([x1 = 0, x2 = 0, x3 = 0, x4 = 0, x5 = 0]: number[]): number =>
    10 * Math.sin(Math.PI * x1 * x2) + 20 * (x3 - 0.5) * (x3 - 0.5) + 10 * x4 + 5 * x5

  test('is its formula without noise, the further columns without effect', () => {
    const dataset = friedman1({ rows: 100, columns: 7, noise: 0 })
    expect(dataset.columns).toEqual(['x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7'])
    for (const [row, x] of rowsOf(dataset.inputs[0]).entries()) {
      expect(Math.abs((dataset.targets[0].data[row] ?? 0) - truth(x))).toBeLessThan(1e-5)
      expect(Math.min(...x)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...x)).toBeLessThanOrEqual(1)
    }
  })

  test('has the noise asked for', () => {
    const dataset = friedman1({ rows: 2000, noise: 2 })
    const errors = rowsOf(dataset.inputs[0]).map((x, row) => (dataset.targets[0].data[row] ?? 0) - truth(x))
    // Standard error of the variance: 3.2 %; a luckless seed would be outside of 5 of them once in a million.
    expect(Math.abs(mean(errors.map((error) => error * error)) / 4 - 1)).toBeLessThan(0.16)
  })

  test('refuses fewer than 5 columns', () => {
    expect(() => friedman1({ columns: 4 })).toThrow(expect.objectContaining({ code: 'data/bad-shape' }))
  })
})

describe('blobs', () => {
  test('are as far from their centres as the spread says', () => {
    const spread = 0.5
    const dataset = blobs({ rows: 3000, columns: 3, classes: 3, spread })
    const points = rowsOf(dataset.inputs[0])
    for (const label of [0, 1, 2]) {
      const own = points.filter((_, row) => labelsOf(dataset)[row] === label)
      expect(own).toHaveLength(1000)
      for (const column of [0, 1, 2]) {
        const values = own.map((point) => point[column] ?? 0)
        const centre = mean(values)
        // Standard error of the variance: 4.5 %, nine looks; 5 of them are left once in 200,000 seeds.
        expect(Math.abs(mean(values.map((value) => (value - centre) ** 2)) / spread ** 2 - 1)).toBeLessThan(0.23)
      }
    }
  })

  test('name their classes', () => {
    expect(blobs({ classes: 2 }).task).toEqual({ kind: 'classification', classes: ['blob 1', 'blob 2'] })
    expect(() => blobs({ classes: 1 })).toThrow(expect.objectContaining({ code: 'data/bad-shape' }))
  })
})

describe('drawnImages', () => {
  const size = 16
  const { inputs, targets, task } = drawnImages({ rows: 80, size, noise: 0 })
  const images = rowsOf(inputs[0])

  test('are bytes with a scale', () => {
    expect(inputs[0]).toMatchObject({ shape: [size, size, 1], scale: 1 / 255 })
    expect(inputs[0].kind === 'dense' && inputs[0].data).toBeInstanceOf(Uint8Array)
    expect(task).toEqual({ kind: 'classification', classes: ['circle', 'cross', 'square', 'stripes'] })
  })

  /** What of the box around the figure is drawn. */
  const filled = (image: readonly number[]): number => {
    const drawn = image.flatMap((grey, pixel) => (grey > 30 ? [[pixel % size, Math.floor(pixel / size)]] : []))
    const extent = (axis: 0 | 1) => {
      const places = drawn.map((place) => place[axis] ?? 0)
      return Math.max(...places) - Math.min(...places) + 1
    }
    return drawn.length / (extent(0) * extent(1))
  }

  test('show what their class says: a square fills its box, a circle most of it, a cross about half', () => {
    for (const [row, image] of images.entries()) {
      const share = filled(image)
      const [low, high] = [
        [0.6, 0.95],
        [0.35, 0.7],
        [1, 1],
        [0.4, 0.8],
      ][targets[0].data[row] ?? 0] ?? [0, 0]
      expect(share).toBeGreaterThanOrEqual(low ?? 0)
      expect(share).toBeLessThanOrEqual(high ?? 0)
    }
  })

  test('have noise', () => {
    const noisy = rowsOf(drawnImages({ rows: 80, size, noise: 20 }).inputs[0])
    expect(new Set(noisy[0]).size).toBeGreaterThan(20)
    expect(new Set(images[0]).size).toBe(2)
  })

  test('have a colour for each figure and its ground', () => {
    const { inputs } = drawnImages({ rows: 8, size, channels: 3, noise: 0 })
    expect(inputs[0].shape).toEqual([size, size, 3])
    const colours = rowsOf(inputs[0]).map((image) => {
      const pixels = Array.from({ length: size * size }, (_, pixel) => image.slice(3 * pixel, 3 * pixel + 3).join())
      return new Set(pixels)
    })
    expect(colours.map((own) => own.size)).toEqual(Array(8).fill(2))
    expect(new Set(colours.flatMap((own) => [...own])).size).toBe(16)
  })
})

describe('bagsOfWords', () => {
  const make = (seed: number) => bagsOfWords({ rows: 2000, words: 1000, length: 50, seed })
  const { rows, inputs, targets, task } = make(5)
  if (inputs[0].kind !== 'sparse') throw new Error('expected a sparse block')
  const { starts, columns, values, shape } = inputs[0]
  const texts = Array.from({ length: rows }, (_, row) => [...columns.subarray(starts[row], starts[row + 1])])

  test('are sorted sets of words in shared memory, the same for the same seed', () => {
    expect({ rows, shape, values }).toEqual({ rows: 2000, shape: [1000], values: undefined })
    for (const text of texts) expect(text).toEqual([...new Set(text)].sort((a, b) => a - b))
    expect(Math.max(...columns)).toBeLessThan(1000)
    expect(columns.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(task).toEqual({ kind: 'classification', classes: ['disliked', 'liked'] })
    expect([make(5), make(6)].map((other) => JSON.stringify(other) === JSON.stringify(make(5)))).toEqual([true, false])
  })

  test('are as long as asked for, with frequent words first', () => {
    // Lengths are uniform from 25 to 75: the standard error of the mean of 2,000 is 0.32; this is 5 of them.
    expect(Math.abs(mean(texts.map((text) => text.length)) - 50.5)).toBeLessThan(1.6)
    const early = columns.filter((word) => word < 250).length / columns.length
    expect(early).toBeGreaterThan(0.4)
  })

  test('are told apart by the parity of a tenth of their words', () => {
    const odd = (label: number): number =>
      mean(texts.flatMap((text, row) => (targets[0].data[row] === label ? text.map((word) => word % 2) : [])))
    // 50,000 words a class: the standard error is 0.0022; sets lose a little of the signal.
    expect(Math.abs(odd(1) - 0.55)).toBeLessThan(0.02)
    expect(Math.abs(odd(0) - 0.45)).toBeLessThan(0.02)
  })

  test('stay within few words, and refuse too few', () => {
    const small = bagsOfWords({ rows: 50, words: 11, signal: 1 }).inputs[0]
    expect(small.kind === 'sparse' && Math.max(...small.columns)).toBeLessThan(11)
    for (const options of [{ rows: 1 }, { words: 9 }, { length: 0.5 }]) {
      expect(() => bagsOfWords(options)).toThrow(expect.objectContaining({ code: 'data/bad-shape' }))
    }
  })
})
