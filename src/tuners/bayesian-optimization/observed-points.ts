import type { History, Observation } from '../tuner.ts'
import type { Encoding } from './encoding.ts'

/** What a history says, as numbers. */
export interface ObservedPoints {
  /** Encoded configurations of finished trials, row by row, in order of their numbers. */
  readonly rows: Float64Array
  /** Their values; NaN after a failure. */
  readonly values: Float64Array
  /** Encoded configurations of pending trials. */
  readonly pending: readonly Float64Array[]
}

export function observedPoints(history: History, encoding: Encoding): ObservedPoints {
  const finished = history.filter(({ status }) => status !== 'pending')
  const { columns } = encoding.layout
  const rows = new Float64Array(finished.length * columns)
  finished.forEach(({ params }, i) => {
    rows.set(encoding.encode(params), i * columns)
  })
  return {
    rows,
    values: Float64Array.from(finished, lastValue),
    pending: history.filter(({ status }) => status === 'pending').map(({ params }) => encoding.encode(params)),
  }
}

/** A pruned trial counts with where it was when it was stopped; an infinite value is a failure. */
function lastValue({ status, value, curve }: Observation): number {
  if (status === 'failed') return Number.NaN
  const last = status === 'pruned' ? (curve.at(-1) ?? value) : value
  return last !== undefined && Number.isFinite(last) ? last : Number.NaN
}
