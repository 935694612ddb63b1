import { MessageChannel, threadId } from 'node:worker_threads'
import { workerData } from 'piscina'
import { errorRecord } from '../../core/errors.ts'
import { ANSWER, type JobMessage, type Order, type ReportMessage, STOP, type WorkerData } from '../jobs/messages.ts'
import { WorkerLog } from '../jobs/worker-log.ts'
import type { ProcessReport } from './wire.ts'
import { WorkerProcess } from './worker-process.ts'

const data = workerData as WorkerData
const { environments = [] } = data
// Threads of a pool are numbered one after the other.
const environment = environments[threadId % environments.length]
const { port1: pool, port2 } = new MessageChannel()
let announced = false
let child: WorkerProcess | undefined

let closed = false

pool.on('message', () => void close())
pool.unref()

async function close(): Promise<void> {
  closed = true
  await child?.end()
  pool.close()
}

/** The entry of a pool thread that owns a process: has one job done there, and passes on what is said. */
export default async function runInProcess({ job, port, control, log }: JobMessage): Promise<void> {
  const post = (message: ReportMessage) => port.postMessage(message)
  if (announced) post({ type: 'taken' })
  else port.postMessage({ type: 'taken', owner: port2 } satisfies ReportMessage, [port2])
  announced = true
  try {
    if (closed) throw new Error('The pool was closed.')
    if (!child?.usable) {
      await child?.end()
      child = new WorkerProcess(data, { ...process.env, ...environment })
    }
    const own = child
    port.on('message', (order: Order) => (order === 'kill' ? void own.end() : own.stop()))
    await child.run(job, { log: new WorkerLog(log), hear })
  } catch (error) {
    post({ type: 'result', result: { status: 'failed', cause: errorRecord(error), durationMs: 0 } })
  }
  port.close()

  function hear(report: ProcessReport): 'continue' | 'stop' {
    Atomics.store(control, ANSWER, 0)
    if (report.type === 'started' && child?.pid !== undefined) post({ ...report, pid: child.pid })
    else post(report)
    if (report.type !== 'epochs' || !job.asksAfterEpoch) return 'continue'
    Atomics.wait(control, ANSWER, 0)
    return Atomics.load(control, ANSWER) === STOP ? 'stop' : 'continue'
  }
}
