import { TunerError } from '../../core/errors.ts'
import { isOutOfMemory, outOfMemory } from '../out-of-memory.ts'

/** Why a thread of the pool ended before its job. */
export function lostThread(error: unknown): TunerError {
  const { code, message } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { code: '', message: `${error}` }
  if (code === 'ERR_WORKER_OUT_OF_MEMORY' || isOutOfMemory(message)) {
    return outOfMemory(`The worker thread ran out of its JavaScript heap: ${message}.`, error)
  }
  const exit = /exited with code: (\d+)/.exec(message)?.[1]
  const how =
    exit === undefined
      ? `ended before its job was done: ${message}`
      : `exited with code ${exit} before its job was done.`
  return new TunerError('runner/worker-lost', `The worker thread ${how}`, {
    cause: error,
    hint: 'Look for process.exit in the study; the trial can be run again.',
  })
}

/** How a process ended: one of the two is there, as Node tells them. */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

const HINTS: { readonly [signal in NodeJS.Signals]?: string } = {
  SIGKILL:
    'Somebody killed it: often the system itself, when memory runs out. Look at its log, or train fewer at once.',
  SIGABRT: 'Native code gave up; the log says why.',
  SIGSEGV: 'Native code crashed. The trial can be run again.',
}

/** Why a worker process ended before its job; `log` is what it printed last. */
export function lostProcess({ code, signal }: Exit, log: string): TunerError {
  const how = signal === null ? `exited with code ${code}` : `was ended by ${signal}`
  if (isOutOfMemory(log) && (signal !== null || code !== 0)) {
    return outOfMemory(`The worker process ${how}, having run out of memory.`)
  }
  return new TunerError('runner/worker-lost', `The worker process ${how} before its job was done.`, {
    hint: (signal === null ? undefined : HINTS[signal]) ?? 'Look for process.exit in the study.',
  })
}
