import { TunerError } from '../core/errors.ts'

/** Stopped by a signal: what a shell reports after Ctrl-C. */
export const INTERRUPTED = 130

/** The reader of our output went away: what a shell reports after SIGPIPE. */
export const OUTPUT_CLOSED = 141

/** An error without a code: a fault of ours. */
const UNEXPECTED = 1

/** The exit code of each room, the part of an error's code before the slash. */
const ROOMS: Readonly<Record<string, number>> = {
  command: 2,
  study: 3,
  space: 4,
  data: 5,
  cv: 6,
  tuner: 7,
  model: 8,
  training: 9,
  engine: 10,
  runner: 11,
  storage: 12,
  // 13 is what Node ends with when nothing is left to do before a module has been loaded.
  setup: 14,
}

/** The exit code of the command after an error. Never 0. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof TunerError)) return UNEXPECTED
  const [room = '', what] = error.code.split('/')
  if (what === 'interrupted') return INTERRUPTED
  return ROOMS[room] ?? UNEXPECTED
}
