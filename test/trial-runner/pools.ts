import { PoolRunner } from '../../dist/trial-runner/pool.js'
import type { Isolation } from '../../src/trial-runner/backends/backend.ts'

/** The built pool, since worker threads load built code, with the acts of `fixtures/acts.mjs` for a study. */
export function poolOfActs(isolation: Isolation, workers: number, heapBytes?: number): PoolRunner {
  const data = {
    loader: new URL('./fixtures/acts.mjs', import.meta.url).href,
    source: null,
    settings: {
      seed: 0,
      objective: { metric: 'value', direction: 'minimize' },
      engines: { engine: 'auto', backend: 'auto', arithmetic: 'auto' },
    },
    ...(heapBytes === undefined ? {} : { heapBytes }),
  } as const
  return new PoolRunner(workers, data, isolation)
}
