import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src/core/random.ts'
import { choice, float, int } from '../../../src/search-space/parameter.ts'
import { Space } from '../../../src/search-space/space.ts'
import { Acquisition } from '../../../src/tuners/bayesian-optimization/acquisition.ts'
import { searchAcquisition } from '../../../src/tuners/bayesian-optimization/acquisition-search.ts'
import { drawRow } from '../../../src/tuners/bayesian-optimization/candidates.ts'
import { Encoding } from '../../../src/tuners/bayesian-optimization/encoding.ts'
import { GaussianProcess } from '../../../src/tuners/bayesian-optimization/gaussian-process.ts'
import { bowl } from '../../contracts/play.ts'

const space = new Space(
  {
    x: float(0, 1).spec,
    y: float(0, 1).spec,
    units: int(1, 400).spec,
    level: int(1, 4).spec,
    kind: choice(['a', 'b']).spec,
  },
  [({ x, level }) => Number(x) < 0.9 || level !== 4],
)

function setting(count: number) {
  const encoding = new Encoding(space)
  const random = new RandomStream('acquisition')
  const { columns, numeric } = encoding.layout
  const relevances = new Float64Array(columns).fill(3)
  const model = new GaussianProcess(encoding.layout, { relevances, variance: 1, noise: 1e-4 })
  const rows = Array.from({ length: count }, () => drawRow(encoding, random))
  for (const row of rows) model.add(row)
  const targets = rows.map((row) => 4 * (bowl(space)(encoding.decode(row), 0).value ?? 0) - 2)
  model.observe(Float64Array.from(targets))
  const acquisition = new Acquisition(model, Math.min(...targets), numeric, encoding.smooth)
  return { encoding, acquisition, rows, random, numeric }
}

describe('acquisition', () => {
  it('has the gradient of finite differences', () => {
    const { encoding, acquisition, random, numeric } = setting(12)
    const gradient = new Float64Array(numeric)
    for (let k = 0; k < 5; k++) {
      const x = drawRow(encoding, random)
      acquisition.differentiate(x, gradient)
      const expected = Array.from(gradient, (_, c) => {
        const at = (step: number) => acquisition.value(x.with(c, (x[c] as number) + step))
        return (at(1e-5) - at(-1e-5)) / 2e-5
      })
      for (const [c, slope] of expected.entries()) {
        expect(Math.abs((gradient[c] as number) - slope)).toBeLessThan(1e-4 * Math.max(1, Math.abs(slope)))
      }
    }
  })

  it('rules out what has been tried', () => {
    const { acquisition, rows } = setting(5)
    for (const row of rows) expect(acquisition.value(row)).toBe(Number.NEGATIVE_INFINITY)
  })

  it('expects less of a corner than of a place inside that is as unknown', () => {
    const model = new GaussianProcess(
      { columns: 2, numeric: 2 },
      { relevances: Float64Array.of(1e4, 1e4), variance: 1, noise: 1e-4 },
    )
    model.add(Float64Array.of(0.5, 0.5))
    model.observe(Float64Array.of(0))
    const acquisition = new Acquisition(model, 0, 2, 2)
    expect(acquisition.value(Float64Array.of(0, 1))).toBeLessThan(acquisition.value(Float64Array.of(0.3, 0.7)))
    const levels = new Acquisition(model, 0, 2, 0)
    expect(levels.value(Float64Array.of(0, 1))).toBeCloseTo(levels.value(Float64Array.of(0.3, 0.7)), 6)
  })
})

describe('search of the acquisition', () => {
  it('finds more than a thousand random draws, within the constraints, the best first', () => {
    const { encoding, acquisition, rows, random } = setting(15)
    const found = searchAcquisition(encoding, acquisition, rows.slice(0, 4), 15, random)
    const values = found.map((row) => acquisition.value(row))
    expect(found.every((row) => space.allows(encoding.decode(row)))).toBe(true)
    const drawn = Array.from({ length: 1000 }, () => acquisition.value(drawRow(encoding, random)))
    expect(values[0]).toBeGreaterThanOrEqual(Math.max(...drawn))
    expect(values[0]).toBe(Math.max(...values))
  })

  it('proposes places that levels own', () => {
    const { encoding, acquisition, rows, random } = setting(15)
    for (const row of searchAcquisition(encoding, acquisition, rows.slice(0, 2), 15, random).slice(0, 20)) {
      expect(encoding.encode(encoding.decode(row)).slice(2)).toEqual(row.slice(2))
    }
  })
})
