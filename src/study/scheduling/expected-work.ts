import type { TrialRecord } from '../../core/trial.ts'

interface Measured {
  ms: number
  epochs: number
}

/** How long a fold will take, as far as can be told: its epochs, at the pace of the trial's other folds or of all. */
export class ExpectedWork {
  readonly #all: Measured = { ms: 0, epochs: 0 }
  readonly #trials = new Map<number, Measured>()

  /** A fold of a trial has trained so many epochs in so long. */
  measured(trial: number, epochs: number, ms: number): void {
    const known = this.#trials.get(trial) ?? { ms: 0, epochs: 0 }
    for (const sum of [known, this.#all]) {
      sum.ms += ms
      sum.epochs += epochs
    }
    this.#trials.set(trial, known)
  }

  forget(trial: number): void {
    this.#trials.delete(trial)
  }

  /** In milliseconds once anything has been measured, until then in epochs: good for comparing folds. */
  of({ number, epochs, folds }: TrialRecord, fold: number): number {
    const trained = folds.find((record) => record.fold === fold)?.curve.length ?? 0
    const pace = paceOf(this.#trials.get(number)) ?? paceOf(this.#all) ?? 1
    return (epochs - trained) * pace
  }
}

function paceOf(measured: Measured | undefined): number | undefined {
  return measured === undefined || measured.epochs === 0 ? undefined : measured.ms / measured.epochs
}
