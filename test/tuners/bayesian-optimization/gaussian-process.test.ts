import { describe, expect, it } from 'vitest'
import { GaussianProcess, type Prediction } from '../../../src/tuners/bayesian-optimization/gaussian-process.ts'
import { kernelParameters, numericLayout, type ProcessReference, reference } from './reference.ts'

function trained(process: ProcessReference): GaussianProcess {
  const model = new GaussianProcess(numericLayout(process), kernelParameters(process))
  for (const point of process.points) model.add(Float64Array.from(point))
  model.observe(Float64Array.from(process.targets))
  return model
}

function predict(model: GaussianProcess, x: readonly number[]): Prediction {
  const out = { mean: 0, variance: 0, nearest: 0 }
  model.predict(Float64Array.from(x), out)
  return out
}

describe.each(reference.processes)('Gaussian process, reference %#', (process) => {
  it('predicts as scikit-learn does', () => {
    const model = trained(process)
    process.queries.forEach((query, i) => {
      const { mean, variance } = predict(model, query)
      expect(mean).toBeCloseTo(process.means[i] as number, 9)
      expect(variance).toBeCloseTo(process.variances[i] as number, 9)
    })
  })

  it('knows the mean at its own points, and which those are', () => {
    const model = trained(process)
    process.points.forEach((point, i) => {
      const { mean, nearest } = predict(model, point)
      expect(model.meanAt(i, process.targets[i] as number)).toBeCloseTo(mean, 8)
      expect(nearest).toBe(0)
    })
    expect(predict(model, process.queries[0] as number[]).nearest).toBeGreaterThan(0)
  })

  it('has the gradients of finite differences', () => {
    const model = trained(process)
    for (const query of process.queries.slice(0, 4)) {
      const [byMean, byVariance] = [new Float64Array(query.length), new Float64Array(query.length)]
      predict(model, query)
      model.differentiate(Float64Array.from(query), byMean, byVariance)
      query.forEach((value, c) => {
        const up = predict(model, query.with(c, value + 1e-5))
        const down = predict(model, query.with(c, value - 1e-5))
        expect(byMean[c]).toBeCloseTo((up.mean - down.mean) / 2e-5, 6)
        expect(byVariance[c]).toBeCloseTo((up.variance - down.variance) / 2e-5, 6)
      })
    }
  })

  it('believes its own prediction at a pending point: the mean stays, the variance shrinks', () => {
    const model = trained(process)
    const [pending, other] = process.queries as [number[], number[]]
    const before = [predict(model, pending), predict(model, other)] as const
    model.add(Float64Array.from(pending))
    expect(predict(model, other).mean).toBeCloseTo(before[1].mean, 12)
    expect(predict(model, pending).mean).toBeCloseTo(before[0].mean, 9)
    expect(predict(model, pending).variance).toBeLessThan(before[0].variance)
    model.truncate(process.points.length)
    expect(predict(model, pending)).toEqual(before[0])
  })
})

describe('Gaussian process', () => {
  it('compares categories by equality', () => {
    const parameters = { relevances: Float64Array.of(1, 4), variance: 1, noise: 0.1 }
    const model = new GaussianProcess({ columns: 2, numeric: 1 }, parameters)
    model.add(Float64Array.of(0.5, 2))
    model.observe(Float64Array.of(1))
    expect(predict(model, [0.5, 0])).toEqual(predict(model, [0.5, 9]))
    expect(predict(model, [0.5, 0]).nearest).toBe(4)
    expect(predict(model, [0.5, 2]).nearest).toBe(0)
  })

  it('tells how many of its points a history begins with', () => {
    const model = new GaussianProcess(
      { columns: 2, numeric: 2 },
      { relevances: Float64Array.of(1, 1), variance: 1, noise: 0.1 },
    )
    const rows = Float64Array.of(0, 0, 1, 1, 2, 2)
    for (const at of [0, 2, 4]) model.add(rows, at)
    expect(model.commonPrefix(rows, 3)).toBe(3)
    expect(model.commonPrefix(rows, 2)).toBe(2)
    expect(model.commonPrefix(Float64Array.of(0, 0, 1, 7, 2, 2), 3)).toBe(1)
  })
})
