import { workerData as piscinaWorkerData } from 'piscina'
import { errorRecord } from '../core/errors.ts'
import { FoldWorker } from './fold-worker.ts'
import { trimHeap } from './heap-trim.ts'
import { measureSteps } from './measurement/measure-steps.ts'
import type { Measured, MeasurementTask } from './measurement/measurement.ts'
import { type JobMessage, type ReportMessage, STOP, type WorkerData } from './messages.ts'
import type { FoldResult } from './runner.ts'
import type { Workload } from './workload.ts'

const { loader, source, settings } = piscinaWorkerData as WorkerData

// Standard output belongs to the command; whatever user code or a library prints goes to standard error.
process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write

let workload: Promise<Workload> | undefined
let worker: Promise<FoldWorker> | undefined

function load(): Promise<Workload> {
  workload ??= import(loader).then(({ loadWorkload }) => loadWorkload(source))
  return workload
}

async function start(): Promise<FoldWorker> {
  return new FoldWorker(await load(), settings)
}

async function runJob({ job, port, answer }: JobMessage): Promise<FoldResult> {
  worker ??= start()
  const ready = await worker
  return ready.run(job, {
    onEpoch(epoch, metrics) {
      Atomics.store(answer, 0, 0)
      port.postMessage({ type: 'epoch', epoch, metrics } satisfies ReportMessage)
      if (!job.asksAfterEpoch) return 'continue'
      Atomics.wait(answer, 0, 0)
      return Atomics.load(answer, 0) === STOP ? 'stop' : 'continue'
    },
  })
}

/** The entry of a pool thread: does one job, reporting over its port. Errors go there too, since Piscina drops codes. */
export default async function runAndReport(message: JobMessage): Promise<void> {
  const result = await runJob(message).catch(
    (error: unknown): FoldResult => ({ status: 'failed', cause: errorRecord(error), durationMs: 0 }),
  )
  message.port.postMessage({ type: 'result', result } satisfies ReportMessage)
  message.port.close()
  trimHeap()
}

/** Another thing that a pool thread does: times training steps of the study's model, before there are jobs. */
export async function measure(task: MeasurementTask): Promise<Measured> {
  return measureSteps(await load(), task)
}
