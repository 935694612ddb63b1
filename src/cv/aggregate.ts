import { mean, sampleStandardDeviation } from 'simple-statistics'
import { TunerError } from '../core/errors.ts'
import { nearest } from '../core/nearest.ts'
import type { Direction, Objective } from '../core/study.ts'
import type { FoldRecord, MetricSummary, Metrics } from '../core/trial.ts'

/** What the folds of a trial come to. */
export interface FoldsSummary {
  /** Mean of the objective's metric over the folds. */
  readonly value: number
  readonly metrics: Readonly<Record<string, MetricSummary>>
  /** Counted from 1: where the objective's curve, averaged over the folds, is best. */
  readonly bestEpoch: number
}

/** Mean, standard deviation (n - 1) and standard error of at least one value; the latter two are 0 for one. */
export function summarize(values: readonly number[]): MetricSummary {
  const std = values.length > 1 ? sampleStandardDeviation([...values]) : 0
  return { mean: mean([...values]), std, se: std / Math.sqrt(values.length), folds: [...values] }
}

/**
 * The first epoch with the best value of a metric, counted from 1. Epochs where it is NaN, infinite or absent do not
 * count; undefined where none is left.
 */
export function bestEpoch(curve: readonly Metrics[], metric: string, direction: Direction): number | undefined {
  return bestIndex(
    curve.map((metrics) => metrics[metric] ?? Number.NaN),
    direction,
  )
}

function bestIndex(values: readonly number[], direction: Direction): number | undefined {
  const sign = direction === 'minimize' ? 1 : -1
  let found: number | undefined
  let best = Number.POSITIVE_INFINITY
  for (const [index, value] of values.entries()) {
    if (Number.isFinite(value) && sign * value < best) {
      best = sign * value
      found = index + 1
    }
  }
  return found
}

/** The mean over folds at each epoch, as far as the shortest of them goes. */
export function meanCurve(folds: readonly (readonly number[])[]): number[] {
  const length = Math.min(...folds.map((fold) => fold.length))
  return Array.from({ length: Number.isFinite(length) ? length : 0 }, (_, epoch) =>
    mean(folds.map((fold) => fold[epoch] ?? Number.NaN)),
  )
}

/**
 * Sums up the folds of a trial. Each counts with all its metrics at its own best epoch by the objective's metric. The
 * folds are added in the order of their numbers, whatever the order they come in, so the result is the same to the
 * last bit. A metric that is absent or not finite at the best epoch of some fold is left out.
 *
 * Undefined where a fold has no finite value of the objective, or no epoch has one in every fold. Throws
 * `training/unknown-metric` where the folds have epochs, but not this metric.
 */
export function summarizeFolds(folds: readonly FoldRecord[], objective: Objective): FoldsSummary | undefined {
  const { metric, direction } = objective
  const ordered = [...folds].sort((a, b) => a.fold - b.fold)
  const atBest: Metrics[] = []
  for (const { curve } of ordered) {
    requireMetric(curve, metric)
    const epoch = bestEpoch(curve, metric, direction)
    const metrics = epoch === undefined ? undefined : curve[epoch - 1]
    if (metrics === undefined) return undefined
    atBest.push(metrics)
  }
  const names = Object.keys(atBest[0] ?? {}).filter((name) => atBest.every((metrics) => Number.isFinite(metrics[name])))
  const summaries = Object.fromEntries(
    names.map((name) => [name, summarize(atBest.map((metrics) => metrics[name] ?? Number.NaN))]),
  )
  const curves = ordered.map(({ curve }) => curve.map((metrics) => metrics[metric] ?? Number.NaN))
  const value = summaries[metric]?.mean
  const best = bestIndex(meanCurve(curves), direction)
  return value === undefined || best === undefined ? undefined : { value, metrics: summaries, bestEpoch: best }
}

function requireMetric(curve: readonly Metrics[], metric: string): void {
  const [first] = curve
  if (first === undefined || metric in first) return
  const names = Object.keys(first)
  const near = nearest(metric, names)
  throw new TunerError('training/unknown-metric', `No metric "${metric}" was trained; there are ${names.join(', ')}.`, {
    hint: near === undefined ? 'Add it to the metrics of model.compile().' : `Did you mean "${near}"?`,
  })
}
