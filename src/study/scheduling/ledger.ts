import type { TrialRecord } from '../../core/trial.ts'
import { applyEvents } from '../../storage/apply-events.ts'
import type { StudyEvent } from '../../storage/events.ts'
import type { Lease } from '../../storage/storage.ts'

/** Epochs wait this long for company before they are written. */
const WRITE_AFTER_MS = 250

/** The trials of a running study: in memory for whoever decides, in storage for good. */
export class Ledger {
  readonly #study: string
  readonly #lease: Lease
  readonly #trials: TrialRecord[]
  readonly #listeners: ((event: StudyEvent) => void)[] = []
  #unwritten: StudyEvent[] = []
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()
  #failure: unknown

  constructor(study: string, lease: Lease, trials: readonly TrialRecord[]) {
    this.#study = study
    this.#lease = lease
    this.#trials = [...trials]
  }

  /** In number order. Records are immutable; the array changes. */
  get trials(): readonly TrialRecord[] {
    return this.#trials
  }

  listen(listener: (event: StudyEvent) => void): void {
    this.#listeners.push(listener)
  }

  /** Takes events and tells them; they are written soon. */
  add(...events: readonly StudyEvent[]): void {
    this.#take(events)
    this.#tell(events)
  }

  /** Takes events and resolves once they, and all before them, are kept for good: only then are they told. */
  async keep(...events: readonly StudyEvent[]): Promise<void> {
    this.#take(events)
    await this.#write()
    if (this.#failure !== undefined) throw this.#failure
    this.#tell(events)
  }

  /** Writes what is left. Does not throw: whoever ends a study has an error of its own to tell. */
  async close(): Promise<void> {
    await this.#write()
  }

  #tell(events: readonly StudyEvent[]): void {
    for (const event of events) for (const listener of this.#listeners) listener(event)
  }

  #take(events: readonly StudyEvent[]): void {
    const touched = new Map<number, TrialRecord>()
    for (const event of events) {
      if (!('trial' in event)) continue
      const known = this.#trials[event.trial]
      if (known !== undefined) touched.set(event.trial, known)
    }
    for (const [number, trial] of applyEvents(this.#study, touched, events)) this.#trials[number] = trial
    this.#unwritten.push(...events)
    this.#timer ??= setTimeout(() => void this.#write(), WRITE_AFTER_MS)
  }

  #write(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing = this.#writing.then(async () => {
      const events = this.#unwritten
      this.#unwritten = []
      if (events.length === 0 || this.#failure !== undefined) return
      await this.#lease.append(events).catch((error: unknown) => {
        this.#failure = error
      })
    })
    return this.#writing
  }
}
