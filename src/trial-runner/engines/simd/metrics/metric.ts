import type { Kernels } from '../kernels/signatures.ts'
import type { Arena } from '../plan/arena.ts'
import type { Batch } from '../plan/step.ts'
import type { Tensor } from '../plan/tensor.ts'

/** Predictions of one output and their targets, as a metric sees them after each batch. */
export interface Outcome {
  readonly kernels: Kernels
  readonly prediction: Tensor
  /** Laid out as `prediction`, or one class number for each line, as the loss wants it. */
  readonly target: Tensor
}

/** Collects a number over the batches of an epoch. */
export interface Gauge {
  reset(): void
  add(batch: Batch, arena: Arena): void
  /** `rows`: how many there were. */
  value(rows: number): number
}

/** How a metric is added: a line in registry.ts; a file here, and a kernel, where it is more than a mean over lines. */
export interface Metric {
  /** tfjs's names. */
  readonly names: readonly string[]
  /** The targets that it needs; absent where any will do. */
  readonly targets?: 'like predictions' | 'class number'
  gauge(outcome: Outcome): Gauge
}

/** The mean over lines of what `score` sums over the lines of a batch. */
export function meanOverLines(lines: number, score: (batch: Batch) => number): Gauge {
  let sum = 0
  return {
    reset() {
      sum = 0
    },
    add(batch) {
      sum += score(batch)
    },
    value: (rows) => sum / (rows * lines),
  }
}
