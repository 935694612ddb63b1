import type { Acquisition } from './acquisition.ts'
import type { Column, Encoding } from './encoding.ts'
import { Lbfgs, type LbfgsOptions } from './lbfgs.ts'

const ROUNDS = 6
const CONVERGENCE: LbfgsOptions = { iterations: 30, gradientTolerance: 1e-3, valueTolerance: 1e-4 }

/**
 * Climbs the acquisition from a full row (a value in each column): by gradient over the smooth columns, then column by
 * column over the levels and categories, in turn until neither improves.
 */
export class LocalSearch {
  readonly #encoding: Encoding
  readonly #acquisition: Acquisition
  readonly #imputed: Float64Array
  readonly #gradient: Float64Array
  readonly #discrete: readonly number[]
  readonly #rounded: readonly number[]

  constructor(encoding: Encoding, acquisition: Acquisition) {
    this.#encoding = encoding
    this.#acquisition = acquisition
    this.#imputed = new Float64Array(encoding.layout.columns)
    this.#gradient = new Float64Array(encoding.layout.numeric)
    this.#discrete = encoding.columns.flatMap(({ search }, c) => (search === 'smooth' ? [] : [c]))
    this.#rounded = encoding.columns.flatMap(({ search, dimension }, c) =>
      search === 'smooth' && dimension.kind === 'discrete' ? [c] : [],
    )
  }

  /** The acquisition at a full row; -Infinity where a constraint forbids it. */
  value(row: Float64Array): number {
    const { space } = this.#encoding
    if (space.constraints.length > 0 && !space.allows(this.#encoding.decode(row))) return Number.NEGATIVE_INFINITY
    this.#encoding.impute(row, this.#imputed)
    return this.#acquisition.value(this.#imputed)
  }

  /** Improves the row in place; returns the value reached. */
  climb(row: Float64Array, start: number): number {
    let best = start
    for (let round = 0; round < ROUNDS; round++) {
      best = this.#climbSmooth(row, best)
      const reached = this.#climbDiscrete(row, best)
      if (reached <= best) return best
      best = reached
    }
    return best
  }

  #climbSmooth(row: Float64Array, start: number): number {
    const active = this.#encoding.active(row)
    const free = this.#encoding.columns.flatMap(({ search }, c) => (search === 'smooth' && active[c] === 1 ? [c] : []))
    if (free.length === 0) return start
    const before = Float64Array.from(row)
    this.#encoding.impute(row, this.#imputed)
    const x = Float64Array.from(free, (c) => row[c] as number)
    new Lbfgs(free.length).minimize(
      (at, gradient) => {
        for (let k = 0; k < free.length; k++) this.#imputed[free[k] as number] = at[k] as number
        const value = this.#acquisition.differentiate(this.#imputed, this.#gradient)
        for (let k = 0; k < free.length; k++) gradient[k] = -(this.#gradient[free[k] as number] as number)
        return -value
      },
      x,
      new Float64Array(free.length),
      new Float64Array(free.length).fill(1),
      CONVERGENCE,
    )
    free.forEach((c, k) => {
      row[c] = this.#encoding.snap(c, x[k] as number)
    })
    let reached = this.value(row)
    for (const c of this.#rounded) if (active[c] === 1) reached = this.#tryNeighbours(row, c, reached)
    if (reached > start) return reached
    row.set(before)
    return start
  }

  #climbDiscrete(row: Float64Array, start: number): number {
    let best = start
    for (const c of this.#discrete) {
      if (this.#encoding.active(row)[c] === 0) continue
      const { dimension, search } = this.#encoding.columns[c] as Column
      for (let level = 0; level < dimension.levels; level++) {
        best = this.#tryValue(row, c, search === 'categories' ? level : dimension.toUnit(dimension.level(level)), best)
      }
    }
    return best
  }

  /** The next levels of a rounded column on either side. */
  #tryNeighbours(row: Float64Array, c: number, start: number): number {
    const { dimension } = this.#encoding.columns[c] as Column
    const level = dimension.levelOf(dimension.fromUnit(row[c] as number))
    let best = start
    for (const near of [level - 2, level - 1, level + 1, level + 2]) {
      if (near < 0 || near >= dimension.levels) continue
      best = this.#tryValue(row, c, dimension.toUnit(dimension.level(near)), best)
    }
    return best
  }

  #tryValue(row: Float64Array, c: number, value: number, best: number): number {
    const old = row[c] as number
    if (value === old) return best
    row[c] = value
    const reached = this.value(row)
    if (reached > best) return reached
    row[c] = old
    return best
  }
}
