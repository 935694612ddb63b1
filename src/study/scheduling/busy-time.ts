import type { RunRecord } from '../../core/study.ts'

/** Adds up how long workers have trained, those that do now included. */
export class BusyTime {
  readonly #underWay = new Set<{ readonly since: number }>()
  readonly #workers: number
  #begun = 0
  #ms = 0

  constructor(workers: number) {
    this.#workers = workers
  }

  /**
   * A job begins; what is returned ends it, with the time that its worker measured where it did. The first jobs count from
   * here on, since their workers load the study.
   */
  begin(): (measuredMs?: number) => void {
    const job = { since: performance.now() }
    const loads = this.#begun++ < this.#workers
    this.#underWay.add(job)
    return (measuredMs) => {
      if (!this.#underWay.delete(job)) return
      const elapsed = performance.now() - job.since
      this.#ms += loads || measuredMs === undefined ? elapsed : measuredMs
    }
  }

  get ms(): number {
    const now = performance.now()
    return [...this.#underWay].reduce((sum, { since }) => sum + now - since, this.#ms)
  }
}

/** The part of a run's time for which its workers trained, from 0 to 1; undefined where it took no time. */
export function busyFraction({ startedAt, finishedAt, workers, busyMs }: RunRecord): number | undefined {
  const available = workers * (finishedAt - startedAt)
  return available > 0 ? Math.min(1, busyMs / available) : undefined
}
