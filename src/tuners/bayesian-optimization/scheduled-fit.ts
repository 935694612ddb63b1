import { fitKernel } from './fit.ts'
import type { KernelParameters, Layout } from './kernel.ts'
import { standardizeTargets } from './targets.ts'

/** From one fit to the next the observations grow by this share, but at least by one. */
const GROWTH = 0.06

/** A fit sees at most so many observations: its cost is their cube. */
const MOST = 160

/**
 * Hyperparameters for a growing set of observations, fitted anew when it has grown by 6 % (up to 33 each time) and kept
 * in between. A fit at n uses the first n finished trials by number and nothing else, so hyperparameters are a function
 * of the observations: a fresh instance makes the last due fit again and gets the same. When a trial among the first n
 * finishes late, these n are others, and the fit is made again. Larger sets are represented by {@link MOST} of their
 * members, the better half of them the best ones, the others spread evenly over the rest.
 */
export class ScheduledFit {
  readonly #layout: Layout
  #rows = new Float64Array(0)
  #values = new Float64Array(0)
  #parameters: KernelParameters | undefined

  constructor(layout: Layout) {
    this.#layout = layout
  }

  /** The hyperparameters due for these observations: encoded rows, and values with NaN for failures; at least one. */
  parametersFor(rows: Float64Array, values: Float64Array): KernelParameters {
    const due = lastDue(values.length)
    const dueRows = rows.slice(0, due * this.#layout.columns)
    const dueValues = values.slice(0, due)
    if (this.#parameters === undefined || !same(dueRows, this.#rows) || !same(dueValues, this.#values)) {
      this.#parameters = this.#fit(dueRows, standardizeTargets(dueValues))
      this.#rows = dueRows
      this.#values = dueValues
    }
    return this.#parameters
  }

  #fit(rows: Float64Array, targets: Float64Array): KernelParameters {
    if (targets.length <= MOST) return fitKernel(this.#layout, rows, targets)
    const { columns } = this.#layout
    const chosen = representatives(targets)
    const points = new Float64Array(chosen.length * columns)
    chosen.forEach((i, at) => {
      points.set(rows.subarray(i * columns, (i + 1) * columns), at * columns)
    })
    return fitKernel(
      this.#layout,
      points,
      Float64Array.from(chosen, (i) => targets[i] as number),
    )
  }
}

/** The largest number of observations up to `count` at which a fit is due. */
function lastDue(count: number): number {
  let due = 1
  for (;;) {
    const next = due + Math.max(1, Math.floor(due * GROWTH))
    if (next > count) return due
    due = next
  }
}

function representatives(targets: Float64Array): number[] {
  const half = MOST / 2
  const ranked = [...targets.keys()].sort((a, b) => (targets[a] as number) - (targets[b] as number))
  const rest = ranked.slice(half).sort((a, b) => a - b)
  const spread = Array.from({ length: half }, (_, k) => rest[Math.floor((k * rest.length) / half)] as number)
  return [...ranked.slice(0, half), ...spread]
}

function same(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]))
}
