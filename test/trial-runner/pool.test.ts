import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { PoolRunner } from '../../dist/trial-runner/pool.js'
import type { Isolation } from '../../src/trial-runner/backends/backend.ts'
import type { FoldJob } from '../../src/trial-runner/runner.ts'
import { poolOfActs } from './pools.ts'

const pools: PoolRunner[] = []

function poolOf(isolation: Isolation, study: string) {
  const path = fileURLToPath(new URL(`./fixtures/${study}`, import.meta.url))
  const data = {
    loader: new URL('../../dist/study/definition/load-workload.js', import.meta.url).href,
    source: { source: { kind: 'module', path }, overrides: {} },
    settings: {
      seed: 0,
      objective: { metric: 'value', direction: 'minimize' },
      engines: { engine: 'auto', backend: 'auto', arithmetic: 'auto' },
    },
  } as const
  return kept(new PoolRunner(1, data, isolation))
}

function kept(pool: PoolRunner): PoolRunner {
  pools.push(pool)
  return pool
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

const job = (params: FoldJob['params']): FoldJob => ({
  trial: 0,
  fold: 0,
  params,
  epochs: { from: 0, to: 5 },
  stream: 's',
  keepCheckpoint: false,
  asksAfterEpoch: false,
})
const deaf = { onEpoch: () => 'continue' as const }

describe.each(['thread', 'process'] as const)('a pool of workers, each a %s', (isolation) => {
  test("a study's own errors keep their place in its source", async () => {
    const runner = poolOf(isolation, 'faulty.ts')
    expect(await runner.run(job({ act: 2 }), deaf)).toMatchObject({
      status: 'failed',
      cause: { code: 'model/threw', stack: expect.stringMatching(/RangeError: thrown\n.*faulty\.ts:\d+/) },
    })
    expect(await runner.run(job({ act: 0.5 }), deaf)).toMatchObject({ status: 'complete' })
  })

  test('a study that cannot be loaded fails its jobs with its own code', async () => {
    expect(await poolOf(isolation, 'missing.ts').run(job({}), deaf)).toMatchObject({
      status: 'failed',
      cause: { code: 'study/file-missing' },
    })
  })

  test('a heap that is full costs its job, and says so', async () => {
    const runner = kept(poolOfActs(isolation, 1, 40 * 2 ** 20))
    expect(await runner.run(job({ act: 'fill the heap' }), deaf)).toMatchObject({
      status: 'failed',
      cause: { code: 'runner/out-of-memory', message: expect.stringContaining('memory') },
    })
    expect(await runner.run(job({ act: 'count' }), deaf)).toMatchObject({ status: 'complete' })
  })
})

test('a thread that cannot start costs a job; none waits for ever', async () => {
  const runner = kept(poolOfActs('thread', 1, 1))
  for (const _ of [1, 2]) {
    expect(await runner.run(job({ act: 'count' }), deaf)).toMatchObject({
      status: 'failed',
      cause: { code: 'runner/out-of-memory' },
    })
  }
})
