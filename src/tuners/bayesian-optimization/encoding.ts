import type { Params } from '../../core/params.ts'
import type { Dimension } from '../../search-space/dimension.ts'
import type { Space } from '../../search-space/space.ts'
import type { Layout } from './kernel.ts'

/** One column of encoded points. */
export interface Column {
  readonly dimension: Dimension
  /** Its place in `space.dimensions`. */
  readonly index: number
  /** `smooth` columns are searched by gradient, `levels` and `categories` value by value. */
  readonly search: 'smooth' | 'levels' | 'categories'
}

/** More levels than these are searched by gradient first and rounded. */
const MOST_LEVELS = 24

/**
 * Configurations as rows of numbers for the kernel: numeric columns (ranges, ordered levels) hold the place in [0, 1],
 * the columns after them the index of a category. Where a parameter is not active a numeric column holds the middle,
 * 0.5, and a category -1, unlike any (imputation as in Levesque et al., "Bayesian optimization for conditional
 * hyperparameter spaces", 2017). Whether it is active needs no column of its own: that follows from its parents, which
 * have theirs.
 */
export class Encoding {
  readonly space: Space
  /** Smooth ones first, then levels, then categories. */
  readonly columns: readonly Column[]
  /** How many columns are smooth. */
  readonly smooth: number
  readonly layout: Layout
  /** Columns that decide which others are active. */
  readonly #parents: readonly number[]
  readonly #activity = new Map<string, Uint8Array>()
  readonly #unit: Float64Array

  constructor(space: Space) {
    this.space = space
    const parents = parentNames(space)
    const decides = ({ name, parameter }: Dimension) => parents.has(parameter) || name.endsWith('.length')
    const columns = space.dimensions.map((dimension, index): Column => {
      const smooth = dimension.kind === 'continuous' || (dimension.levels > MOST_LEVELS && !decides(dimension))
      const search = dimension.kind === 'categorical' ? 'categories' : smooth ? 'smooth' : 'levels'
      return { dimension, index, search }
    })
    const varied = columns.filter((column) => column.dimension.levels > 1)
    const those = (search: Column['search']) => varied.filter((column) => column.search === search)
    this.columns = [...those('smooth'), ...those('levels'), ...those('categories')]
    this.smooth = those('smooth').length
    this.layout = { columns: varied.length, numeric: varied.length - those('categories').length }
    this.#parents = this.columns.flatMap(({ dimension }, c) => (decides(dimension) ? [c] : []))
    this.#unit = new Float64Array(space.dimensions.length)
  }

  /** The row of a configuration. */
  encode(params: Params): Float64Array {
    const unit = this.space.encode(params)
    return Float64Array.from(this.columns, ({ dimension, index, search }) => {
      const place = unit[index] as number
      if (search !== 'categories') return Number.isNaN(place) ? 0.5 : place
      return Number.isNaN(place) ? -1 : Math.floor(place * dimension.levels)
    })
  }

  /** The configuration of a row; columns that turn out inactive are not read. */
  decode(row: Float64Array): Params {
    this.#unit.fill(0.5)
    this.columns.forEach(({ dimension, index, search }, c) => {
      const place = row[c] as number
      this.#unit[index] = search === 'categories' ? (Math.max(0, place) + 0.5) / dimension.levels : place
    })
    return this.space.decode(this.#unit)
  }

  /** For each column of a full row (a value in each column) whether it is active. */
  active(row: Float64Array): Uint8Array {
    let key = ''
    for (const c of this.#parents) key += `${row[c]} `
    let mask = this.#activity.get(key)
    if (mask === undefined) {
      const unit = this.space.encode(this.decode(row))
      mask = Uint8Array.from(this.columns, ({ index }) => (Number.isNaN(unit[index]) ? 0 : 1))
      this.#activity.set(key, mask)
    }
    return mask
  }

  /** The full row as the kernel takes it: inactive columns imputed. Into `out`. */
  impute(row: Float64Array, out: Float64Array): void {
    out.set(row)
    if (this.#parents.length === 0) return
    const mask = this.active(row)
    for (let c = 0; c < mask.length; c++) if (mask[c] === 0) out[c] = c < this.layout.numeric ? 0.5 : -1
  }

  /** The value of a column that owns `place`, as a column holds it. */
  snap(c: number, place: number): number {
    const { dimension, search } = this.columns[c] as Column
    if (search === 'categories' || dimension.kind === 'continuous') return place
    return dimension.toUnit(dimension.fromUnit(place))
  }
}

function parentNames(space: Space): ReadonlySet<string> {
  const names = new Set<string>()
  for (const spec of Object.values(space.spec)) {
    for (const { parameter } of spec.when ?? []) names.add(parameter)
    if (spec.kind === 'list' && typeof spec.length === 'string') names.add(spec.length)
  }
  return names
}
