import { fileURLToPath } from 'node:url'
import { moons } from '../../dist/data/generators/moons.js'
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
    const path = fileURLToPath(new URL('../../examples/quickstart/study.ts', import.meta.url))
    const loader = new URL('../../dist/study/definition/load-workload.js', import.meta.url).href
    const dataset = moons({ rows: 300, noise: 0.25, seed: 1 })
    const source = { source: { kind: 'module', path }, overrides: {} }
    const objective = { metric: 'val_loss', direction: 'minimize' } as const
    const since = performance.now()
    const pool = new PoolRunner(1, { loader, source, settings: { ...settings, objective, dataset } }, isolation)
    try {
      let first = Number.NaN
      const onEpoch = () => {
        first = (performance.now() - since) / 1000
        return 'continue' as const
      }
      const result = await pool.run({ ...job, params: { units: 16, dropout: 0.1, learningRate: 0.01 } }, { onEpoch })
      if (result.status === 'failed') throw new Error(result.cause.message)
      return first
    } finally {
      await pool.close()
    }
  }
}
