import { fork } from 'node:child_process'
import type { Json } from '../../core/json.ts'
import { type Taken, takeOut } from '../processes/shared-arrays.ts'
import { failures } from './measure-steps.ts'
import type { Measured, MeasurementTask } from './measurement.ts'

/** Where a process finds the code of a study, as in the data of a worker. */
export interface WorkloadPlace {
  readonly loader: string
  readonly source: Json
}

/** What the process is sent. */
export interface ChildMessage extends WorkloadPlace {
  readonly task: Omit<MeasurementTask, 'sample'> & { readonly sample: Taken }
}

/** Last words of a process that are kept, in characters. */
const LAST_WORDS = 2000

/**
 * Measures in a process of its own, which may crash, hang and take memory as it likes: that is the figure of all its
 * candidates. `end` ends it, by a limit of time for one. Never rejects.
 */
export async function measureInProcess(
  place: WorkloadPlace,
  task: MeasurementTask,
  end: AbortSignal,
): Promise<Measured> {
  const child = fork(new URL('./child.js', import.meta.url), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
  })
  let words = ''
  child.stderr?.on('data', (chunk) => {
    words = `${words}${chunk}`.slice(-LAST_WORDS)
  })
  const failed = (reason: string): Measured => ({
    points: [],
    measurements: failures(task.candidates, task.points.length, { status: 'failed', reason }),
  })
  let stop = () => {}
  try {
    return await new Promise<Measured>((resolve) => {
      stop = () => resolve(failed(endInWords(end.reason)))
      end.addEventListener('abort', stop, { once: true })
      if (end.aborted) stop()
      child.on('message', (message) => resolve(message as Measured))
      child.on('error', (error) => resolve(failed(error.message)))
      child.on('close', (code, signal) => resolve(failed(exitInWords(code, signal, words))))
      const { plain, arrays } = takeOut(task.sample)
      // On memory of their own: what is shared does not cross to another process.
      const sample = { plain, arrays: arrays.map((array) => array.slice()) }
      child.send({ ...place, task: { ...task, sample } } satisfies ChildMessage, (error) => {
        if (error !== null) resolve(failed(error.message))
      })
    })
  } finally {
    end.removeEventListener('abort', stop)
    child.kill('SIGKILL')
  }
}

/** Why a measurement was ended from outside. */
export function endInWords(reason: unknown): string {
  if (!(reason instanceof Error)) return String(reason)
  return reason.name === 'TimeoutError' ? 'it took too long' : reason.message
}

function exitInWords(code: number | null, signal: NodeJS.Signals | null, words: string): string {
  const end = signal === null ? `the process ended with code ${code}` : `the process was ended by ${signal}`
  const said = words
    .split('\n')
    .map((line) => line.trim())
    .findLast((line) => /error|fatal|abort|fail/i.test(line))
  return said === undefined ? end : `${end}: ${said}`
}
