import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { PoolRunner } from '../../dist/trial-runner/pool.js'
import type { FoldJob } from '../../dist/trial-runner/runner.js'

type Isolation = 'thread' | 'process'

const settings = {
  seed: 0,
  objective: { metric: 'value', direction: 'minimize' },
  engines: { engine: 'auto', backend: 'auto', arithmetic: 'auto' },
} as const

const job: FoldJob = {
  trial: 0,
  fold: 0,
  params: {},
  epochs: { from: 0, to: 1 },
  stream: 's',
  keepCheckpoint: false,
  asksAfterEpoch: false,
}

/** A pool with one worker, the job of which is to report. */
export class RunnerBench {
  readonly #pool: PoolRunner

  constructor(isolation: Isolation) {
    const loader = new URL('../workloads/reporting.mjs', import.meta.url).href
    this.#pool = new PoolRunner(1, { loader, source: null, settings }, isolation)
  }

  /** Milliseconds that the worker spends on a report. */
  async reports(count: number, asksAfterEpoch: boolean): Promise<number> {
    let last = Number.NaN
    const onEpoch = (_: number, { value = Number.NaN }) => {
      last = value
      return 'continue' as const
    }
    const result = await this.#pool.run({ ...job, params: { reports: count }, asksAfterEpoch }, { onEpoch })
    if (result.status === 'failed') throw new Error(result.cause.message)
    return last
  }

  async close(): Promise<void> {
    await this.#pool.close()
  }

  /** Seconds from the making of a pool to the report of the first epoch of a small network. */
  static async firstStep(isolation: Isolation): Promise<number> {
    const script = fileURLToPath(new URL('first-step.mjs', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [script, isolation])
    return Number(stdout)
  }
}
