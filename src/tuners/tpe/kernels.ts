import { bandwidths } from './bandwidths.ts'
import type { Evaluations } from './evaluations.ts'
import type { Axis } from './groups.ts'
import { normalCdf } from './normal-cdf.ts'

/** The trials of a group of axes that an estimator is made from. */
export interface Observed {
  readonly trials: Evaluations
  /** Which of them, in order. */
  readonly rows: Uint32Array
  /** How many trials have these axes, those of the other density included. */
  readonly behind: number
}

/** A number can hold the product of what normalizes so many axes: from 1/3 to 100 each. */
const TOGETHER = 64

/**
 * The kernels of a Parzen estimator: one for each observation, in their order, and the last for the prior. Arrays are
 * kept from fit to fit and may be longer than there are kernels.
 */
export class Kernels {
  readonly axes: readonly Axis[]
  /** Numbers in a row of `values`. */
  readonly stride: number
  /** Where an axis has its two numbers in a row: the continuous ones first, in pairs, the last one perhaps with zeros. */
  readonly offsets: ReadonlyMap<Axis, number>
  count = 0
  /**
   * By kernel two numbers an axis: its middle and 1 / bandwidth; for categories its level (of the prior, as many as there
   * are levels), and nothing.
   */
  values = new Float64Array(0)
  /** Cumulative: the last 25 observations and the prior weigh 1, earlier ones linearly less. */
  weights = new Float64Array(0)
  /** The logarithm of a kernel's share of the weights and of what makes densities of its factors, but for sqrt(2 pi). */
  logScales = new Float64Array(0)
  /** What makes densities of a kernel's factors, as far as they have been fitted. */
  #scales = new Float64Array(0)
  /** By trial: which kernel it is, or -1. */
  #kernelOf = new Int32Array(0)
  /** The observations in ascending order along an axis: which kernel, where, and how wide. */
  #ranked = new Uint32Array(0)
  #centres = new Float64Array(0)
  #widths = new Float64Array(0)

  constructor(axes: readonly Axis[]) {
    const continuous = axes.filter(({ kind }) => kind === 'continuous')
    const others = axes.filter(({ kind }) => kind !== 'continuous')
    const inPairs = continuous.length + (continuous.length % 2)
    this.axes = axes
    this.stride = 2 * (inPairs + others.length)
    this.offsets = new Map([
      ...continuous.map((axis, i) => [axis, 2 * i] as const),
      ...others.map((axis, i) => [axis, 2 * (inPairs + i)] as const),
    ])
  }

  fit(observed: Observed): void {
    const { trials, rows } = observed
    this.#resize(rows.length + 1, trials.length)
    this.#kernelOf.fill(-1, 0, trials.length)
    for (let k = 0; k < rows.length; k++) this.#kernelOf[rows[k] as number] = k
    this.#weigh()
    this.axes.forEach((axis, i) => {
      const offset = this.offsets.get(axis) ?? 0
      if (axis.kind === 'categorical') this.#fitCategories(axis, offset, observed)
      else this.#fitNormals(axis, offset, observed)
      if (i % TOGETHER === TOGETHER - 1 || i === this.axes.length - 1) this.#takeLogarithms()
    })
  }

  #resize(count: number, trials: number): void {
    this.count = count
    if (this.#kernelOf.length < trials) this.#kernelOf = new Int32Array(2 * trials)
    if (this.weights.length >= count) return
    const room = 2 * count
    this.values = new Float64Array(room * this.stride)
    this.weights = new Float64Array(room)
    this.logScales = new Float64Array(room)
    this.#scales = new Float64Array(room)
    this.#ranked = new Uint32Array(room)
    this.#centres = new Float64Array(room)
    this.#widths = new Float64Array(room)
  }

  #weigh(): void {
    const last = this.count - 1
    const old = last - 25
    let sum = 0
    for (let k = 0; k <= last; k++) {
      const share = old > 1 ? k / (old - 1) : 0
      const weight = k < old ? share + (1 - share) / last : 1
      sum += weight
      this.weights[k] = sum
      this.#scales[k] = weight
    }
    this.logScales.fill(-Math.log(sum), 0, this.count)
  }

  #fitCategories({ index, dimension }: Axis, offset: number, { trials, rows }: Observed): void {
    const { values, stride } = this
    const { points, width } = trials
    const { levels } = dimension
    for (let k = 0; k < rows.length; k++) {
      values[k * stride + offset] = Math.floor((points[(rows[k] as number) * width + index] as number) * levels)
    }
    values[rows.length * stride + offset] = levels
  }

  /**
   * The prior is as wide as the axis and sits in its middle. Optuna's least bandwidth ("magic clip") is
   * 1 / min(100, n + 2) for n observations. A few good ones are too coarse by it to ever refine an optimum, so that here n
   * is at least half of the trials behind both densities; and on a discrete axis it is no less than half a bin, so that
   * neighbouring levels stay within reach.
   */
  #fitNormals({ index, dimension, kind }: Axis, offset: number, { trials, behind }: Observed): void {
    const prior = this.count - 1
    const clip = 1 / Math.min(100, Math.max(prior, behind / 2) + 2)
    this.#rank(trials, index)
    bandwidths(this.#centres, prior, Math.max(clip, 0.5 / dimension.levels), this.#widths)
    this.#ranked[prior] = prior
    this.#centres[prior] = 0.5
    this.#widths[prior] = 1
    const { values, stride } = this
    const scales = this.#scales
    for (let i = 0; i <= prior; i++) {
      const kernel = this.#ranked[i] as number
      const centre = this.#centres[i] as number
      const precision = 1 / (this.#widths[i] as number)
      const at = kernel * stride + offset
      values[at] = centre
      values[at + 1] = precision
      const below = centre * precision
      const above = precision - below
      const isInside = below > 6 && above > 6
      const inside = isInside ? 1 : normalCdf(above) - normalCdf(-below)
      scales[kernel] = ((scales[kernel] as number) * (kind === 'continuous' ? precision : 1)) / inside
    }
  }

  /** Picks the observations of this estimator out of the ranking of all trials. */
  #rank({ rankings }: Evaluations, index: number): void {
    const ranking = rankings[index]
    if (ranking === undefined) return
    const { numbers, values, length } = ranking
    for (let rank = 0, i = 0; rank < length; rank++) {
      const kernel = this.#kernelOf[numbers[rank] as number] as number
      if (kernel < 0) continue
      this.#ranked[i] = kernel
      this.#centres[i++] = values[rank] as number
    }
  }

  #takeLogarithms(): void {
    const scales = this.#scales
    for (let k = 0; k < this.count; k++) {
      this.logScales[k] = (this.logScales[k] as number) + Math.log(scales[k] as number)
      scales[k] = 1
    }
  }
}
