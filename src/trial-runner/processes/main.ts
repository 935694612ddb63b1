import { Worker } from 'node:worker_threads'
import { JobServer } from '../jobs/job-server.ts'
import type { WorkerData } from '../jobs/messages.ts'
import { readFully, writeFrame } from './frames.ts'
import { putBack } from './shared-arrays.ts'
import { type Begin, NO_MORE, type ProcessJob, type ProcessReport, REPORTS_FD } from './wire.ts'

// The entry of a worker process. Its owner ends it; what a terminal or a system sends to all is the owner's to answer.
const exit = process.exit.bind(process)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

const stopping = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
new Worker(new URL('./watchdog.js', import.meta.url), { workerData: stopping }).unref()

const answer = new Uint8Array(1)
let server: JobServer | undefined

process.on('message', (message: Begin | ProcessJob) => {
  if ('job' in message) void runAndReport(message)
  else server = new JobServer(restore(message), process.memoryUsage.rss)
})

function restore({ plain }: Begin): WorkerData {
  return putBack(plain, (memory) => readFully(REPORTS_FD, memory)) as WorkerData
}

async function runAndReport({ job, sequence }: ProcessJob): Promise<void> {
  const send = (report: ProcessReport) => writeFrame(REPORTS_FD, report)
  const reusable = await server?.run(job, {
    started: (memory) => send({ type: 'started', memory }),
    result: (result, again) => send({ type: 'result', result, reusable: again }),
    isStopped: () => Atomics.load(stopping, 0) === sequence,
    epochs(report) {
      send(report)
      if (!job.asksAfterEpoch) return 'continue'
      readFully(REPORTS_FD, answer)
      return answer[0] === NO_MORE ? 'stop' : 'continue'
    },
  })
  if (!reusable) exit()
}
