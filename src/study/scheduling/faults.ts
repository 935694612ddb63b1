import { TunerError } from '../../core/errors.ts'

/**
 * What a study puts up with. None of it decides a number, so it may change from run to run; a run's own options go
 * before those of the definition. A study defined in the calling program runs in that program's thread, which nobody
 * can interrupt: limits hold for workers only.
 */
export interface FaultOptions {
  /**
   * How often a fold is begun at most when its worker is lost (it exited, crashed, was killed). Default 3. One that hangs
   * or runs out of memory is tried twice at most, the second time, for memory, with nothing else running. What the
   * study's own code throws is not tried again: the same seed throws the same.
   */
  readonly attempts?: number
  /** So many failed trials in a row end the study. Default 10, and 3 as long as no trial has succeeded. */
  readonly failuresInARow?: number
  /** Seconds from one report of a worker to the next: what takes longer hangs. Default: no limit. */
  readonly epochSeconds?: number
  /** Seconds of training for a trial, an equal share for each of its folds; beyond it fails. Default: no limit. */
  readonly trialSeconds?: number
  /** MiB that a fold may take besides what its worker has anyway; alone, as much as all workers. Default: no limit. */
  readonly memoryMiB?: number
}

/** The same with everything decided. */
export interface FaultPolicy {
  readonly attempts: number
  readonly failuresInARow: number
  /** As long as no trial has succeeded. */
  readonly failuresAtTheStart: number
  readonly epochMs: number | undefined
  readonly trialMs: number | undefined
  readonly memoryBytes: number | undefined
}

const NAMES: readonly string[] = ['attempts', 'failuresInARow', 'epochSeconds', 'trialSeconds', 'memoryMiB']
const WHOLE: readonly string[] = ['attempts', 'failuresInARow']

/** Throws `study/bad-definition` at an option that is no number above 0, or that there is not. */
export function resolveFaults(options: FaultOptions): FaultPolicy {
  for (const [name, value] of Object.entries(options)) check(name, value)
  const { attempts = 3, failuresInARow, epochSeconds, trialSeconds, memoryMiB } = options
  return {
    attempts,
    failuresInARow: failuresInARow ?? 10,
    failuresAtTheStart: failuresInARow ?? 3,
    epochMs: epochSeconds === undefined ? undefined : 1000 * epochSeconds,
    trialMs: trialSeconds === undefined ? undefined : 1000 * trialSeconds,
    memoryBytes: memoryMiB === undefined ? undefined : memoryMiB * 2 ** 20,
  }
}

function check(name: string, value: unknown): void {
  const isWhole = WHOLE.includes(name)
  const fits = isWhole ? Number.isInteger(value) : Number.isFinite(value)
  if (NAMES.includes(name) && fits && Number(value) > 0) return
  const expected = isWhole ? 'a whole number above 0' : `a number above 0, of ${NAMES.join(', ')}`
  throw new TunerError('study/bad-definition', `faults: ${name} is ${JSON.stringify(value)}; expected ${expected}.`, {
    hint: 'Write for example faults: { attempts: 3, epochSeconds: 600 }.',
  })
}
