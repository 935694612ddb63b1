import type { Direction } from '../core/study.ts'

/** Whether `candidate` is better than `best` by more than `minDelta`. NaN is never better; anything beats NaN. */
export function isBetter(candidate: number, best: number, direction: Direction, minDelta = 0): boolean {
  if (Number.isNaN(candidate)) return false
  if (Number.isNaN(best)) return true
  return direction === 'minimize' ? candidate < best - minDelta : candidate > best + minDelta
}

/** Keras's rule: stop once `patience` epochs in a row have not improved on the best one by more than `minDelta`. */
export class EarlyStoppingTracker {
  readonly #options: { readonly patience: number; readonly minDelta: number; readonly direction: Direction }
  #bestEpoch: number
  #bestValue: number

  constructor(
    options: { readonly patience: number; readonly minDelta?: number; readonly direction: Direction },
    state: { readonly bestEpoch: number; readonly bestValue: number } = { bestEpoch: 0, bestValue: Number.NaN },
  ) {
    this.#options = { minDelta: 0, ...options }
    this.#bestEpoch = state.bestEpoch
    this.#bestValue = state.bestValue
  }

  /** Takes the monitored value of an epoch, counted from 1. */
  update(epoch: number, value: number): { readonly improved: boolean; readonly stop: boolean } {
    const improved = isBetter(value, this.#bestValue, this.#options.direction, this.#options.minDelta)
    if (improved) {
      this.#bestEpoch = epoch
      this.#bestValue = value
    }
    return { improved, stop: this.isOver(epoch) }
  }

  /** Whether training stops after that epoch, the last one taken. */
  isOver(epoch: number): boolean {
    return epoch - this.#bestEpoch >= this.#options.patience
  }

  /** For a checkpoint: epoch 0 and NaN before the first improvement. */
  get state(): { readonly bestEpoch: number; readonly bestValue: number } {
    return { bestEpoch: this.#bestEpoch, bestValue: this.#bestValue }
  }
}
