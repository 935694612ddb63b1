import { describe, expect, test } from 'vitest'
import { cosineOfPi, exp, log, power } from '../../src/core/elementary.ts'
import { TunerError } from '../../src/core/errors.ts'
import { schedules } from '../../src/training/learning-rate.ts'

const { exponentialDecay, cosineDecay, piecewiseConstantDecay } = schedules

describe('elementary functions', () => {
  const points = Array.from({ length: 2001 }, (_, i) => i / 1000 - 1)

  test('agree with those of the host to the last digits', () => {
    for (const x of points) {
      expect(Math.abs(exp(40 * x) / Math.exp(40 * x) - 1)).toBeLessThan(1e-15)
      expect(Math.abs(cosineOfPi((x + 1) / 2) - Math.cos((Math.PI * (x + 1)) / 2))).toBeLessThan(1e-15)
      const y = 10 ** (20 * x)
      expect(Math.abs(log(y) - Math.log(y))).toBeLessThan(1e-15 * Math.max(1, Math.abs(Math.log(y))))
    }
  })

  test('keep to their ends', () => {
    expect([exp(0), exp(-1000), exp(1000), log(1)]).toEqual([1, 0, Number.POSITIVE_INFINITY, 0])
    expect([power(0.5, 0), power(1, 7), power(0.5, 1)]).toEqual([1, 1, 0.5])
  })
})

describe('schedules', () => {
  const steps = (schedule: (time: { step: number; epoch: number }) => number, ...at: number[]) =>
    at.map((step) => schedule({ step, epoch: 1000 }))

  test('exponential decay, continuous and in jumps', () => {
    const options = { initialLearningRate: 0.8, decaySteps: 10, decayRate: 0.25 }
    const [a, b, c] = steps(exponentialDecay(options), 0, 5, 20) as [number, number, number]
    expect(a).toBe(0.8)
    expect(b).toBeCloseTo(0.4, 12)
    expect(c).toBeCloseTo(0.05, 12)
    expect(steps(exponentialDecay({ ...options, staircase: true }), 9, 10)).toEqual([0.8, 0.2])
  })

  test('cosine decay ends at alpha and stays there', () => {
    const decay = cosineDecay({ initialLearningRate: 2, decaySteps: 10, alpha: 0.25 })
    const [start, middle, end, later] = steps(decay, 0, 5, 10, 99) as [number, number, number, number]
    expect(start).toBeCloseTo(2, 12)
    expect(middle).toBeCloseTo(1.25, 12)
    expect([end, later]).toEqual([0.5, 0.5])
  })

  test('warms up in a line', () => {
    const decay = cosineDecay({ initialLearningRate: 0, warmupTarget: 1, warmupSteps: 4, decaySteps: 10 })
    expect(steps(decay, 0, 1, 4, 14)).toEqual([0, 0.25, 1, 0])
  })

  test('piecewise constants change after their boundaries, and schedules may count epochs', () => {
    const pieces = piecewiseConstantDecay({ boundaries: [2, 4], values: [3, 2, 1], per: 'epoch' })
    expect([0, 2, 3, 4, 5].map((epoch) => pieces({ step: 77, epoch }))).toEqual([3, 3, 2, 2, 1])
  })

  test.each([
    () => exponentialDecay({ initialLearningRate: 0, decaySteps: 1, decayRate: 0.5 }),
    () => exponentialDecay({ initialLearningRate: 1, decaySteps: 0, decayRate: 0.5 }),
    () => cosineDecay({ initialLearningRate: 1, decaySteps: Number.NaN }),
    () => piecewiseConstantDecay({ boundaries: [1], values: [1] }),
  ])('a bad option is named', (make) => {
    expect(make).toThrow(TunerError)
    expect(make).toThrow(/expected|need/)
  })
})
