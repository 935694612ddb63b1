import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Duplex, Stream } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { errorRecord } from '../../core/errors.ts'
import { type Exit, lostProcess } from '../jobs/lost-worker.ts'
import type { WorkerData } from '../jobs/messages.ts'
import type { WorkerLog } from '../jobs/worker-log.ts'
import type { FoldJob } from '../runner.ts'
import { FrameReader } from './frames.ts'
import { takeOut } from './shared-arrays.ts'
import { type Begin, GO_ON, NO_MORE, OWNER_FD, type ProcessJob, type ProcessReport, REPORTS_FD } from './wire.ts'

const SEQUENCES = 255
/** A process of user code's own may hold the other end of its output for longer. */
const LAST_OUTPUT_MS = 300

/** What is heard of a job; an epoch is to be answered where the job asks. */
export interface ProcessListener {
  readonly log: WorkerLog
  hear(report: ProcessReport): 'continue' | 'stop'
}

/** A process that does jobs, one at a time, seen from the thread that owns it. */
export class WorkerProcess {
  readonly #child: ChildProcess
  readonly #exited: Promise<Exit>
  readonly #reports: Duplex
  readonly #orders: Duplex
  #sequence = 0
  #listener: ProcessListener | undefined
  #hear: (report: ProcessReport) => void = () => {}
  #ended = false

  constructor(data: WorkerData, env: NodeJS.ProcessEnv = process.env) {
    this.#child = fork(fileURLToPath(new URL('./main.js', import.meta.url)), {
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe', 'pipe'],
      serialization: 'advanced',
      execArgv: execArgv(data.heapBytes),
    })
    const stdio: readonly (Stream | null | undefined)[] = this.#child.stdio
    this.#reports = stdio[REPORTS_FD] as Duplex
    this.#orders = stdio[OWNER_FD] as Duplex
    this.#exited = this.#exit()
    for (const stream of [this.#reports, this.#orders, this.#child]) stream.on('error', () => {})
    for (const output of [stdio[1], stdio[2]]) output?.on('data', (chunk: Buffer) => this.#printed(chunk))
    this.#orders.resume()
    const frames = new FrameReader((report) => this.#hear(report as ProcessReport))
    this.#reports.on('data', (piece: Buffer) => frames.add(piece))
    this.#reports.on('end', () => this.#child.kill('SIGKILL'))
    const { plain, arrays } = takeOut(data)
    this.#child.send({ plain } satisfies Begin, () => {})
    for (const array of arrays) this.#reports.write(array)
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** Whether it can be given a job. */
  get usable(): boolean {
    return !this.#ended && this.#child.connected
  }

  /** Resolves when the result, or why there is none, has been heard. */
  async run(job: FoldJob, listener: ProcessListener): Promise<void> {
    this.#sequence = (this.#sequence % SEQUENCES) + 1
    this.#listener = listener
    const result = new Promise<ProcessReport & { type: 'result' }>((resolve) => {
      this.#hear = (report) => {
        if (report.type === 'result') return resolve(report)
        const answer = listener.hear(report)
        if (report.type === 'epochs' && job.asksAfterEpoch)
          this.#reports.write(Uint8Array.of(answer === 'stop' ? NO_MORE : GO_ON))
      }
    })
    this.#child.send({ job, sequence: this.#sequence } satisfies ProcessJob, () => {})
    const report = await Promise.race([result, this.#exited.then((exit) => lost(exit, listener.log))])
    // What it printed before comes another way.
    if (report.result.status === 'failed') await delay(5)
    if (!report.reusable) await this.end()
    listener.hear(report)
    this.#listener = undefined
    this.#hear = () => {}
  }

  /** Asks it to end its job at the next report. */
  stop(): void {
    this.#orders.write(Uint8Array.of(this.#sequence))
  }

  /** Ends it at once; resolves when it is gone. */
  async end(): Promise<void> {
    this.#ended = true
    this.#child.kill('SIGKILL')
    await this.#exited
  }

  async #exit(): Promise<Exit> {
    const closed = once(this.#child, 'close')
    const exit = await new Promise<Exit>((resolve) => {
      this.#child.once('exit', (code, signal) => resolve({ code, signal }))
      this.#child.once('error', () => this.#child.pid === undefined && resolve({ code: -1, signal: null }))
    })
    this.#ended = true
    await Promise.race([closed, delay(LAST_OUTPUT_MS)])
    for (const stream of this.#child.stdio) stream?.destroy()
    return exit
  }

  #printed(chunk: Buffer): void {
    this.#listener?.log.append(chunk)
    process.stderr.write(chunk)
  }
}

function lost(exit: Exit, log: WorkerLog): ProcessReport & { type: 'result' } {
  const cause = errorRecord(lostProcess(exit, log.tail()))
  return { type: 'result', result: { status: 'failed', cause, durationMs: 0 }, reusable: false }
}

/** A debugger's port cannot be shared, nor can a script of the command line. */
function execArgv(heapBytes: number | undefined): string[] {
  const own = process.execArgv.filter(
    (arg, i, all) => !/^--?(inspect|e$|p$|eval|print)/.test(arg) && !isScript(all[i - 1]),
  )
  return heapBytes === undefined ? own : [...own, `--max-old-space-size=${Math.ceil(heapBytes / 2 ** 20)}`]
}

function isScript(before: string | undefined): boolean {
  return before !== undefined && /^(-e|-p|--eval|--print)$/.test(before)
}
