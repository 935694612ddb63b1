import { describe, expect, it } from 'vitest'
import { figuresOf, trialSeconds } from '../../../bench/measure/figures.ts'
import { type Case, stepsOf, trainingFlop } from '../../../bench/workloads/cases.ts'

const workload: Case = {
  name: 'any',
  folds: 3,
  epochs: 10,
  batchSize: 32,
  rows: { training: 640, validation: 64 },
  flop: 2e6,
  part: { tfjs: 5, keras: 5 },
  trials: 1,
}

describe('a whole trial from a part of it', () => {
  it('is every fold with its model and all its epochs', () => {
    expect(trialSeconds(workload, { setupSeconds: 2, epochSeconds: 0.5, steps: 20 })).toBeCloseTo(3 * (2 + 10 * 0.5))
  })

  it('takes epochs in proportion to their steps', () => {
    expect(trialSeconds(workload, { setupSeconds: 2, epochSeconds: 0.5, steps: 5 })).toBeCloseTo(3 * (2 + 10 * 2))
  })

  it('gives trials a minute, milliseconds a step and what they are in GFLOP/s', () => {
    const figures = figuresOf(workload, { setupSeconds: 0, epochSeconds: 1, steps: 20, stepMs: 4 })
    expect(figures).toEqual({ 'trials/min': 2, 'ms/step': 4, 'GFLOP/s': 0.5 })
  })
})

describe('a workload', () => {
  it('counts a last batch that is not full as a step', () => {
    expect(stepsOf({ ...workload, rows: { training: 641, validation: 64 } })).toBe(21)
  })

  it('multiplies three times a layer but for the first, which has no gradient of its inputs', () => {
    expect(trainingFlop(10, [6, 4])).toBe(2 * 10 * (2 * 6 + 3 * 4))
  })
})
