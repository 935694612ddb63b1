import type { Gauge } from '../metrics/metric.ts'

/** A mean over rows of what steps of a plan report. */
export class Tally implements Gauge {
  #sum = 0

  /** Takes a sum over the rows of a batch. */
  collect(sum: number): void {
    this.#sum += sum
  }

  reset(): void {
    this.#sum = 0
  }

  add(): void {
    // Steps have reported already.
  }

  value(rows: number): number {
    return this.#sum / rows
  }
}
