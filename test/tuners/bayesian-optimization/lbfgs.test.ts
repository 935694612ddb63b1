import { describe, expect, it } from 'vitest'
import { type Differentiable, Lbfgs } from '../../../src/tuners/bayesian-optimization/lbfgs.ts'

const exact = { iterations: 500, gradientTolerance: 1e-8, valueTolerance: 0 }

const rosenbrock: Differentiable = (x, gradient) => {
  const a = x[0] as number
  const b = x[1] as number
  gradient[0] = -400 * a * (b - a * a) - 2 * (1 - a)
  gradient[1] = 200 * (b - a * a)
  return 100 * (b - a * a) ** 2 + (1 - a) ** 2
}

const minimize = (f: Differentiable, start: number[], low: number, high: number, options = exact) => {
  const x = Float64Array.from(start)
  const value = new Lbfgs(x.length).minimize(
    f,
    x,
    x.map(() => low),
    x.map(() => high),
    options,
  )
  return { x: [...x], value }
}

describe('L-BFGS in a box', () => {
  it('finds the minimum of a curved valley', () => {
    const { x, value } = minimize(rosenbrock, [-1.2, 1], -5, 5)
    expect(value).toBeLessThan(1e-12)
    for (const coordinate of x) expect(coordinate).toBeCloseTo(1, 6)
  })

  it('ends on the wall where the minimum is outside', () => {
    // In [-0.5, 0.5]^2 the valley ends at (0.5, 0.25).
    const { x } = minimize(rosenbrock, [-0.4, 0.4], -0.5, 0.5)
    expect(x[0]).toBe(0.5)
    expect(x[1]).toBeCloseTo(0.25, 6)
  })

  it('takes few evaluations on an ill-conditioned bowl', () => {
    let calls = 0
    const bowl: Differentiable = (x, gradient) => {
      calls++
      let value = 0
      x.forEach((at, i) => {
        const weight = 10 ** (i % 4)
        gradient[i] = 2 * weight * (at - 0.3)
        value += weight * (at - 0.3) ** 2
      })
      return value
    }
    const { x } = minimize(bowl, [1, 0, 1, 0, 1, 0, 1, 0], 0, 1)
    for (const coordinate of x) expect(coordinate).toBeCloseTo(0.3, 6)
    expect(calls).toBeLessThan(60)
  })

  it('backs away from where the function is not finite', () => {
    const log: Differentiable = (x, gradient) => {
      const at = x[0] as number
      gradient[0] = 1 - 0.1 / at
      return at > 0.05 ? at - 0.1 * Math.log(at) : Number.NaN
    }
    expect(minimize(log, [1], -1, 1).x[0]).toBeCloseTo(0.1, 5)
  })

  it('stays where it is when it starts at a minimum, or at no finite value', () => {
    expect(minimize(rosenbrock, [1, 1], -5, 5).x).toEqual([1, 1])
    expect(minimize(() => Number.POSITIVE_INFINITY, [0.2], 0, 1).x).toEqual([0.2])
  })
})
