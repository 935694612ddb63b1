import { bandwidths } from './bandwidths.ts'
import type { Axis } from './groups.ts'

/** The kernels of a Parzen estimator along one axis: one for each observation, in their order, and the prior. */
export interface Factor {
  readonly axis: Axis
  /** Middle of each kernel; for categories its level, -1 for the prior. */
  readonly centre: Float64Array
  /** 1 / bandwidth; not used for categories. */
  readonly precision: Float64Array
}

/**
 * The prior is as wide as the axis and sits in its middle. Optuna's least bandwidth ("magic clip") is 1 / min(100, n + 2)
 * for n observations. A few good ones are too coarse by it to ever refine an optimum, so that here n is at least half of
 * the `trials` behind both densities; and on a discrete axis it is no less than half a bin, so that neighbouring levels
 * stay within reach.
 */
export function factorOf(axis: Axis, points: readonly Float64Array[], trials: number): Factor {
  const { dimension, index } = axis
  const prior = points.length
  const centre = new Float64Array(prior + 1)
  const precision = new Float64Array(prior + 1).fill(1)
  for (let k = 0; k < prior; k++) centre[k] = (points[k] as Float64Array)[index] as number
  if (axis.kind === 'categorical') {
    for (let k = 0; k < prior; k++) centre[k] = Math.floor((centre[k] as number) * dimension.levels)
    centre[prior] = -1
    return { axis, centre, precision }
  }
  const clip = 1 / Math.min(100, Math.max(prior, trials / 2) + 2)
  const widths = bandwidths(centre.subarray(0, prior), Math.max(clip, 0.5 / dimension.levels))
  for (let k = 0; k < prior; k++) precision[k] = 1 / (widths[k] as number)
  centre[prior] = 0.5
  return { axis, centre, precision }
}

/** What a kernel at a category gives to its own level, and to each of the others. */
export function categoryMasses(levels: number, kernels: number): { readonly hit: number; readonly miss: number } {
  const total = 1 + levels / kernels
  return { hit: (1 + 1 / kernels) / total, miss: 1 / kernels / total }
}
