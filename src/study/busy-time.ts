import type { RunRecord } from '../core/study.ts'

/** Adds up how long workers have had a job, those that have one now included. */
export class BusyTime {
  readonly #underWay = new Set<{ readonly since: number }>()
  #ms = 0

  /** A job begins; what is returned ends it, with the time that its worker measured where it did. */
  begin(): (measuredMs?: number) => void {
    const job = { since: performance.now() }
    this.#underWay.add(job)
    return (measuredMs = performance.now() - job.since) => {
      if (this.#underWay.delete(job)) this.#ms += measuredMs
    }
  }

  get ms(): number {
    const now = performance.now()
    return [...this.#underWay].reduce((sum, { since }) => sum + now - since, this.#ms)
  }
}

/** The part of a run's time for which its workers had a job, from 0 to 1; undefined where it took no time. */
export function busyFraction({ startedAt, finishedAt, workers, busyMs }: RunRecord): number | undefined {
  const available = workers * (finishedAt - startedAt)
  return available > 0 ? Math.min(1, busyMs / available) : undefined
}
