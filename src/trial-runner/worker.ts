import { workerData } from 'piscina'
import { JobServer } from './jobs/job-server.ts'
import { threadBytes } from './jobs/memory.ts'
import { ANSWER, type JobMessage, type ReportMessage, STOP, STOPPING, type WorkerData } from './jobs/messages.ts'
import { WorkerLog } from './jobs/worker-log.ts'
import type { Measured, MeasurementTask } from './measurement/measurement.ts'

const exit = process.exit.bind(process)
const write = process.stderr.write.bind(process.stderr) as (...args: unknown[]) => boolean
// Standard output belongs to the command, in a measurement too.
process.stdout.write = write as typeof process.stdout.write
const server = new JobServer(workerData as WorkerData, threadBytes)
keepOutput(new WorkerLog())

/** The entry of a pool thread: does one job, reporting over its port. */
export default async function runAndReport({ job, port, control, log }: JobMessage): Promise<void> {
  keepOutput(new WorkerLog(log))
  const post = (message: ReportMessage) => port.postMessage(message)
  post({ type: 'taken' })
  const reusable = await server.run(job, {
    started: (memory) => post({ type: 'started', memory }),
    result: (result) => post({ type: 'result', result }),
    isStopped: () => Atomics.load(control, STOPPING) === 1,
    epochs(report) {
      Atomics.store(control, ANSWER, 0)
      post(report)
      if (!job.asksAfterEpoch) return 'continue'
      Atomics.wait(control, ANSWER, 0)
      return Atomics.load(control, ANSWER) === STOP ? 'stop' : 'continue'
    },
  })
  port.close()
  // Inside of the task still, so that the pool replaces this thread before it hands out another job.
  if (!reusable) exit()
}

/** Standard output belongs to the command; whatever user code or a library prints goes to standard error, and is kept. */
function keepOutput(log: WorkerLog): void {
  const writeAndKeep = (chunk: Uint8Array | string, ...rest: unknown[]) => {
    log.append(chunk)
    return write(chunk, ...rest)
  }
  process.stdout.write = writeAndKeep as typeof process.stdout.write
  process.stderr.write = writeAndKeep as typeof process.stderr.write
}

/** Another thing that a pool thread does: times training steps of the study's model, before there are jobs. */
export async function measure(task: MeasurementTask): Promise<Measured> {
  // An objective function needs nothing of what this imports.
  const { measureSteps } = await import('./measurement/measure-steps.ts')
  return measureSteps(await server.workload(), task)
}
