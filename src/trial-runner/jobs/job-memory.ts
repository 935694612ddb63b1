import type { TunerError } from '../../core/errors.ts'
import { outOfMemory } from '../out-of-memory.ts'
import { mebibytes, residentBytes } from './memory.ts'
import type { ThreadsMemory } from './threads-memory.ts'

const LOOK_MS = 100

/** Watches from outside what a worker holds beyond what it held when its job began. */
export interface JobMemory {
  /** `own`: what the worker says that it holds; `pid`: of the process that does the job, if it has one of its own. */
  start(own: number, pid: number | undefined): void
  report(own: number): void
  stop(): void
}

/** A worker that is a process: the system knows what it has at any time. Elsewhere than on Linux its reports say it. */
export class ProcessMemory implements JobMemory {
  readonly #limit: number
  readonly #onLimit: (error: TunerError) => void
  #before = Number.POSITIVE_INFINITY
  #timer: NodeJS.Timeout | undefined

  constructor(limit: number, onLimit: (error: TunerError) => void) {
    this.#limit = limit
    this.#onLimit = onLimit
  }

  start(own: number, pid = 0): void {
    this.#before = residentBytes(pid) ?? own
    this.#timer = setInterval(() => this.report(residentBytes(pid) ?? 0), LOOK_MS)
  }

  report(bytes: number): void {
    const grown = bytes - this.#before
    if (grown > this.#limit) this.#onLimit(tooMuch(grown, this.#limit))
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}

/** A worker that is a thread: exact where it reports; in between the threads of a process can only be seen together. */
export class ThreadMemory implements JobMemory {
  readonly limit: number
  readonly #onLimit: (error: TunerError) => void
  readonly #all: ThreadsMemory
  #before = Number.POSITIVE_INFINITY
  #heardAt = 0

  constructor(limit: number, all: ThreadsMemory, onLimit: (error: TunerError) => void) {
    this.limit = limit
    this.#all = all
    this.#onLimit = onLimit
  }

  /** When the worker last said what it holds; that was within its limit. */
  get heardAt(): number {
    return this.#heardAt
  }

  start(own: number): void {
    this.#before = own
    this.#heardAt = performance.now()
    this.#all.add(this)
  }

  report(own: number): void {
    this.#heardAt = performance.now()
    const grown = own - this.#before
    if (grown > this.limit) this.#onLimit(tooMuch(grown, this.limit))
  }

  /** All threads together hold too much, and this one has been silent for longest. */
  suspect(grown: number): void {
    const message = `The workers together hold ${mebibytes(grown)} more than at their start, and this one has reported nothing for longest; its limit is ${mebibytes(this.limit)}.`
    this.#onLimit(outOfMemory(message))
  }

  stop(): void {
    this.#all.delete(this)
  }
}

function tooMuch(grown: number, limit: number): TunerError {
  return outOfMemory(
    `The worker held ${mebibytes(grown)} more than when the fold began; its limit is ${mebibytes(limit)}.`,
  )
}
