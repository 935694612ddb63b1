import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src/core/random.ts'
import { fitKernel } from '../../../src/tuners/bayesian-optimization/fit.ts'
import { addLogPrior } from '../../../src/tuners/bayesian-optimization/hyperparameter-prior.ts'
import { ScheduledFit } from '../../../src/tuners/bayesian-optimization/scheduled-fit.ts'
import { standardizeTargets } from '../../../src/tuners/bayesian-optimization/targets.ts'

const layout = { columns: 3, numeric: 3 }

/** Column 0 matters much, column 1 a little, column 2 not at all. */
function data(count: number, noise: number) {
  const random = new RandomStream('data')
  const rows = Float64Array.from({ length: 3 * count }, () => random.next())
  const values = Float64Array.from({ length: count }, (_, i) => {
    return Math.sin(9 * (rows[3 * i] as number)) + 0.5 * (rows[3 * i + 1] as number) + noise * random.normal()
  })
  return { rows, values }
}

describe('fit of the hyperparameters', () => {
  it('finds which columns matter', () => {
    const { rows, values } = data(60, 0)
    const { relevances } = fitKernel(layout, rows, standardizeTargets(values))
    expect(relevances[0]).toBeGreaterThan(5 * (relevances[1] as number))
    expect(relevances[1]).toBeGreaterThan(2 * (relevances[2] as number))
  })

  it('tells noise from structure', () => {
    const noiseOf = (noise: number) => {
      const { rows, values } = data(60, noise)
      return fitKernel(layout, rows, standardizeTargets(values)).noise
    }
    expect(noiseOf(0)).toBeLessThan(1e-3)
    expect(noiseOf(0.4)).toBeGreaterThan(0.05)
  })

  it('climbs a prior with the gradient of finite differences', () => {
    const x = [0.4, -1.3, 2.1, 0.2, -4]
    const at = (logs: readonly number[], gradient = new Float64Array(5)) =>
      addLogPrior(Float64Array.from(logs), gradient)
    const gradient = new Float64Array(5)
    at(x, gradient)
    x.forEach((log, i) => {
      expect(gradient[i]).toBeCloseTo((at(x.with(i, log + 1e-5)) - at(x.with(i, log - 1e-5))) / 2e-5, 6)
    })
  })
})

describe('scheduled fit', () => {
  it('gives a fresh instance what one that has seen every step has', () => {
    const { rows, values } = data(200, 0.1)
    const followed = new ScheduledFit(layout)
    for (const count of [...Array.from({ length: 40 }, (_, i) => i + 2), 60, 61, 199, 200]) {
      const parameters = followed.parametersFor(rows.slice(0, 3 * count), values.slice(0, count))
      if (count % 9 === 7 || count > 60) {
        const fresh = new ScheduledFit(layout).parametersFor(rows.slice(0, 3 * count), values.slice(0, count))
        expect(fresh).toEqual(parameters)
      }
    }
  })

  it('keeps its hyperparameters between fits, and not when an early result changes', () => {
    const { rows, values } = data(100, 0.1)
    const fit = new ScheduledFit(layout)
    const first = fit.parametersFor(rows, values)
    expect(fit.parametersFor(rows.slice(0, 3 * 99), values.slice(0, 99))).toBe(first)
    expect(fit.parametersFor(rows, values.with(7, 3))).not.toEqual(first)
  })
})
