import { RandomStream } from '../../src/core/random.ts'

/** What befalls a trial: `kill` is its worker's own SIGKILL, `allocate` goes on until it is stopped. */
export type Fault = 'none' | 'throw' | 'nan' | 'exit' | 'abort' | 'kill' | 'hang' | 'allocate'

export interface Fate {
  readonly fault: Fault
  /** Only the first attempt at a fold meets it. */
  readonly passes: boolean
  /** The fold that it befalls, and the epoch after which. */
  readonly fold: number
  readonly epoch: number
}

export const FOLDS = 2
export const EPOCHS = 4

const FAULTS: readonly Fault[] = ['throw', 'nan', 'exit', 'abort', 'kill', 'hang', 'allocate']
/** Of all trials, for each of them. */
const SHARE = 0.06

/** What would end the whole program in a thread happens in processes only. */
const NEEDS_PROCESS: readonly Fault[] = ['abort', 'kill']
/** The same at every attempt, as what depends on seed and params alone is. */
const LASTS: readonly Fault[] = ['throw', 'nan']

/** A function of seed and trial alone. */
export function fateOf(seed: number, trial: number, isolation: string): Fate {
  const random = new RandomStream(seed).split('fate', trial)
  const met = FAULTS[Math.floor(random.next() / SHARE)] ?? 'none'
  const fault = isolation === 'thread' && NEEDS_PROCESS.includes(met) ? 'exit' : met
  const passes = random.next() < 0.5 && !LASTS.includes(fault)
  return { fault, passes, fold: random.integer(FOLDS), epoch: random.integer(EPOCHS) }
}

/** How a trial of this fate must end: its status and, where it failed, the code of its cause. */
export function expectedEnd({ fault, passes }: Fate): string {
  if (fault === 'none' || passes) return 'complete'
  if (fault === 'nan') return 'diverged'
  const codes = { throw: 'model/threw', hang: 'runner/timeout', allocate: 'runner/out-of-memory' }
  return `failed ${fault in codes ? codes[fault as keyof typeof codes] : 'runner/worker-lost'}`
}
