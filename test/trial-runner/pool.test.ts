import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { PoolRunner } from '../../dist/trial-runner/pool.js'
import type { FoldJob } from '../../src/trial-runner/runner.ts'

const module = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url))
const pools: PoolRunner[] = []

function makePool(isolation: 'thread' | 'process', workers: number, study = 'faulty.ts') {
  const data = {
    loader: new URL('../../dist/study/load-workload.js', import.meta.url).href,
    source: { source: { kind: 'module', path: module(study) }, overrides: {} },
    settings: {
      seed: 0,
      objective: { metric: 'value', direction: 'minimize' },
      engines: { engine: 'auto', backend: 'auto', arithmetic: 'auto' },
    },
  } as const
  const made = new PoolRunner(workers, data, isolation)
  pools.push(made)
  return made
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((made) => made.close()))
})

const job = (act: number, extra: Partial<FoldJob> = {}): FoldJob => ({
  trial: 0,
  fold: 0,
  params: { act },
  epochs: { from: 0, to: 5 },
  stream: 's',
  keepCheckpoint: false,
  asksAfterEpoch: false,
  ...extra,
})
const deaf = { onEpoch: () => 'continue' as const }

describe.each(['thread', 'process'] as const)('a pool of workers, each a %s', (isolation) => {
  const pool = (workers: number, study?: string) => makePool(isolation, workers, study)

  test('reports every epoch, in order, before the result', async () => {
    const seen: number[] = []
    const result = await pool(1).run(job(0.5), {
      onEpoch(epoch) {
        seen.push(epoch)
        return 'continue'
      },
    })
    expect(result).toMatchObject({ status: 'complete', epochs: 6 })
    expect(seen).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('a job that asks waits for the answer: not one epoch after the decision', async () => {
    const seen: number[] = []
    const result = await pool(1).run(job(0.5, { asksAfterEpoch: true }), {
      onEpoch(epoch) {
        seen.push(epoch)
        return epoch === 3 ? 'stop' : 'continue'
      },
    })
    expect(result).toMatchObject({ status: 'pruned', epochs: 3 })
    expect(seen).toEqual([1, 2, 3])
  })

  test('user code that throws or rejects costs its job', async () => {
    const runner = pool(1)
    expect(await runner.run(job(2), deaf)).toMatchObject({
      status: 'failed',
      cause: {
        code: 'model/threw',
        message: expect.stringContaining('thrown'),
        stack: expect.stringContaining('faulty.ts'),
      },
    })
    expect(await runner.run(job(4), deaf)).toMatchObject({ status: 'failed', cause: { code: 'model/threw' } })
    expect(await runner.run(job(0.5), deaf)).toMatchObject({ status: 'complete' })
  })

  test('a worker that exits is replaced, and its job says so', async () => {
    const runner = pool(1)
    expect(await runner.run(job(1), deaf)).toMatchObject({ status: 'failed', cause: { code: 'runner/worker-lost' } })
    expect(await runner.run(job(0.5), deaf)).toMatchObject({ status: 'complete' })
  })

  test('a job that spins can be aborted, and the pool goes on', async () => {
    const runner = pool(1)
    const abort = new AbortController()
    const spinning = runner.run(job(3), deaf, abort.signal)
    setTimeout(() => abort.abort(new Error('enough')), 500)
    await expect(spinning).rejects.toThrow('enough')
    expect(await runner.run(job(0.5), deaf)).toMatchObject({ status: 'complete' })
  })

  test('a study that cannot be loaded fails its jobs with its own code', async () => {
    expect(await pool(1, 'missing.ts').run(job(0), deaf)).toMatchObject({
      status: 'failed',
      cause: { code: 'study/file-missing' },
    })
  })

  test('closing ends what spins', async () => {
    const runner = pool(2)
    const spinning = runner.run(job(3), deaf).catch((error: unknown) => error)
    await new Promise((resolve) => setTimeout(resolve, 300))
    await runner.close()
    expect(await spinning).toBeDefined()
  })
})
