import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, describe, expect, it, vi } from 'vitest'
import type { Params } from '../../src/core/params.ts'
import type { FoldHooks, FoldJob, FoldResult, Runner } from '../../src/trial-runner/runner.ts'

/** Makes runners over `test/trial-runner/fixtures/acts.mjs`; objectives are kept as metric `value`. */
export type MakeRunner = (workers: number) => Runner

export interface RunnerTraits {
  /** What a job can take down with it. Default `thread`. */
  readonly isolation?: 'thread' | 'process' | 'inline'
}

/** What a rule is given: runners that are its own, and one that all share, with a single worker. */
export interface Runners {
  fresh(workers: number): Runner
  shared(): Runner
}

export type RunnerRule = (runners: Runners, traits: RunnerTraits) => Promise<void>

const MEBIBYTE = 2 ** 20

function job(act: string, params: Params = {}, extra: Partial<FoldJob> = {}): FoldJob {
  return {
    trial: 0,
    fold: 0,
    params: { act, ...params },
    epochs: { from: 0, to: 5 },
    stream: 's',
    keepCheckpoint: false,
    asksAfterEpoch: false,
    ...extra,
  }
}

const deaf: FoldHooks = { onEpoch: () => 'continue' }

/** Keeps the values that a job reports; the last one is what its objective returned. */
function listener(stopAt = Number.POSITIVE_INFINITY) {
  const epochs: number[] = []
  const values: (number | undefined)[] = []
  const hooks: FoldHooks = {
    onEpoch(epoch, { value }) {
      epochs.push(epoch)
      values.push(value)
      return epoch >= stopAt ? 'stop' : 'continue'
    },
  }
  return { epochs, values, hooks }
}

/** How many jobs the worker of this one has done. */
async function count(runner: Runner, extra: Partial<FoldJob> = {}): Promise<number | undefined> {
  const { values, hooks } = listener()
  expect(await runner.run(job('count', {}, extra), hooks)).toMatchObject({ status: 'complete', epochs: 6 })
  return values.at(-1)
}

async function fails(runner: Runner, failing: FoldJob, cause: object): Promise<FoldResult> {
  const result = await runner.run(failing, deaf)
  expect(result).toMatchObject({ status: 'failed', cause })
  await count(runner)
  return result
}

/** What every runner must do, each rule by itself so that broken runners can be shown to fail it. */
export const runnerRules = {
  'reports every epoch, in order, before the result': async ({ shared }) => {
    const { epochs, hooks } = listener()
    expect(await shared().run(job('count'), hooks)).toMatchObject({ status: 'complete', epochs: 6 })
    expect(epochs).toEqual([1, 2, 3, 4, 5, 6])
  },

  'gives every job its own params and result': async ({ fresh }) => {
    const runner = fresh(2)
    const values = Array.from({ length: 12 }, (_, value) => value)
    const results = await Promise.all(
      values.map(async (value) => {
        const heard = listener()
        await runner.run(job('echo', { value }, { trial: value }), heard.hooks)
        return heard.values
      }),
    )
    expect(results).toEqual(values.map((value) => [value]))
  },

  'not one epoch after the decision, also where user code goes on': async ({ shared }) => {
    for (const act of ['count', 'deaf']) {
      const { epochs, hooks } = listener(3)
      const result = await shared().run(job(act, {}, { asksAfterEpoch: true }), hooks)
      expect(result).toMatchObject({ status: 'pruned', epochs: 3 })
      expect(epochs).toEqual([1, 2, 3])
    }
  },

  'whatever user code throws costs its job': async ({ shared }) => {
    for (const what of ['undefined', 'null', 'text', 'symbol', 'bare', 'frozen', 'getter', 'proxy']) {
      for (const act of ['throw', 'reject']) {
        const result = await shared().run(job(act, { what }), deaf)
        expect(result).toMatchObject({ status: 'failed', cause: { code: 'model/threw', message: expect.any(String) } })
        expect(() => structuredClone(result)).not.toThrow()
      }
    }
    await count(shared())
  },

  'whatever user code reports costs its job at most': async ({ shared }) => {
    await fails(shared(), job('report'), { code: 'model/threw', message: expect.stringContaining('epoch 7') })
    await fails(shared(), job('report a text'), { code: 'model/threw', message: expect.stringContaining('much') })
  },

  'says that memory ran out, whoever says so': async ({ shared }) => {
    await fails(shared(), job('no such buffer'), { code: 'runner/out-of-memory' })
    await fails(shared(), job('tensorflow says'), { code: 'runner/out-of-memory' })
  },

  'a hook that throws rejects its job alone': async ({ shared }) => {
    const asking = job('count', {}, { asksAfterEpoch: true })
    await expect(shared().run(asking, { onEpoch: throwing })).rejects.toThrow('the disk is full')
    await count(shared())
  },

  'rejects with the reason when it is aborted, and nothing is heard after that': async ({ shared }) => {
    const abort = new AbortController()
    const { epochs, hooks } = listener()
    const reason = new Error('decided')
    const running = shared().run(
      job('slow'),
      {
        onEpoch(epoch, metrics) {
          if (epoch === 3) abort.abort(reason)
          return hooks.onEpoch(epoch, metrics)
        },
      },
      abort.signal,
    )
    await expect(running).rejects.toBe(reason)
    await count(shared())
    expect(epochs).toEqual([1, 2, 3])
    await expect(shared().run(job('count'), hooks, abort.signal)).rejects.toBe(reason)
    expect(epochs).toHaveLength(3)
  },

  'a job that reports is aborted without the loss of its worker': async ({ shared }) => {
    const before = (await count(shared())) ?? Number.NaN
    const abort = new AbortController()
    const running = shared().run(job('slow'), deaf, abort.signal)
    setTimeout(() => abort.abort(new Error('decided')), 50)
    await expect(running).rejects.toThrow('decided')
    expect(await count(shared())).toBe(before + 2)
  },

  'a job that spins is aborted, and its worker replaced': async ({ shared }, { isolation }) => {
    if (isolation === 'inline') return
    const abort = new AbortController()
    const spinning = shared().run(job('spin'), { onEpoch: () => stopSoon(abort) }, abort.signal)
    await expect(spinning).rejects.toThrow('enough')
    expect(await count(shared())).toBe(1)
  },

  'a worker that exits costs its job': async ({ shared }, { isolation }) => {
    if (isolation === 'inline') return
    await fails(shared(), job('exit'), { code: 'runner/worker-lost', message: expect.stringContaining('code 3') })
    await fails(shared(), job('exit later'), { code: 'runner/worker-lost' })
  },

  'what nobody catches costs its job, and says what it was': async ({ shared }, { isolation }) => {
    if (isolation === 'inline') return
    await fails(shared(), job('timer throws'), {
      code: 'model/threw',
      message: expect.stringContaining('in a timer'),
      stack: expect.stringContaining('acts.mjs'),
    })
    for (const act of ['rejection unhandled', 'rejection at the end']) {
      await fails(shared(), job(act), { code: 'model/threw', message: expect.stringContaining('nobody looks') })
    }
  },

  'what a job leaves behind disturbs no other': async ({ shared }, { isolation }) => {
    if (isolation === 'inline') return
    for (const act of ['leave timers', 'leave reports', 'leave a server', 'exit replaced', 'close the port']) {
      expect(await shared().run(job(act), deaf)).toMatchObject({ status: 'complete' })
      for (let again = 0; again < 3; again++) {
        const asking = job('slow', { ms: 10 }, { asksAfterEpoch: true })
        expect(await shared().run(asking, listener(3).hooks)).toMatchObject({ status: 'pruned', epochs: 3 })
      }
    }
    await count(shared())
  },

  'a job that hangs ends at its limit, which the cause names': async ({ shared }, { isolation }) => {
    if (isolation === 'inline') return
    for (const act of ['spin', 'hang']) {
      for (const limits of [{ epochMs: 300 }, { jobMs: 300 }]) {
        const message = expect.stringContaining('300 ms')
        await fails(shared(), job(act, {}, { limits }), { code: 'runner/timeout', message })
      }
    }
  },

  'loading a worker is not its job: it does not count': async ({ fresh }, { isolation }) => {
    if (isolation === 'inline') return
    await count(fresh(1), { limits: { epochMs: 100, jobMs: 120 } })
  },

  'memory beyond the limit ends the job, which says how much': async ({ shared, fresh }, { isolation }) => {
    if (isolation === 'inline') return
    const limits = { memoryBytes: 64 * MEBIBYTE }
    const message = expect.stringMatching(/limit is 64 MiB/)
    const cause = { code: 'runner/out-of-memory', message }
    await fails(shared(), job('allocate and report', {}, { limits }), cause)
    await fails(fresh(1), job('allocate', {}, { limits }), cause)
  },

  'a worker that leaks is replaced between jobs': async ({ fresh }, { isolation }) => {
    if (isolation === 'inline') return
    const runner = fresh(1)
    const seen: (number | undefined)[] = []
    for (let i = 0; i < 6; i++) {
      const { values, hooks } = listener()
      const leak = job('leak', { mebibytes: 30 }, { limits: { memoryBytes: 70 * MEBIBYTE } })
      expect(await runner.run(leak, hooks)).toMatchObject({ status: 'complete' })
      seen.push(values.at(-1))
    }
    // The first job is what a worker may hold; the next two fit, the third does not.
    expect(seen).toEqual([1, 2, 3, 4, 1, 2])
  },

  'what the worker printed last is kept with a failure': async ({ shared }, { isolation }) => {
    if (isolation === 'inline') return
    const long = await fails(shared(), job('print', { lines: 100 }), { message: expect.stringContaining('enough') })
    const log = long.status === 'failed' ? (long.cause.log ?? '') : ''
    expect(log.split('\n')).toEqual([...Array.from({ length: 39 }, (_, i) => `line ${62 + i}`), 'the last words'])
    const log2 = expect.stringContaining('the last words')
    await fails(shared(), job('print and exit'), { code: 'runner/worker-lost', log: log2 })
    await fails(shared(), job('print and hang', {}, { limits: { jobMs: 300 } }), { code: 'runner/timeout', log: log2 })
    const silent = await fails(shared(), job('throw', { what: 'text' }), {})
    expect(silent).not.toHaveProperty('cause.log')
  },

  'a native crash costs its job, and names the signal': async ({ shared }, { isolation }) => {
    if (isolation !== 'process') return
    await fails(shared(), job('abort'), { code: 'runner/worker-lost', message: expect.stringContaining('SIGABRT') })
    for (const name of ['SIGSEGV', 'SIGKILL']) {
      const cause = { code: 'runner/worker-lost', message: expect.stringContaining(name) }
      await fails(shared(), job('signal', { name }), cause)
    }
  },

  'closing leaves no thread, no process, no handle': async ({ fresh }, { isolation }) => {
    const before = atHand()
    for (const act of ['count', 'slow']) {
      const runner = fresh(2)
      const ran = [1, 2, 3].map(() => runner.run(job(act, {}, { asksAfterEpoch: true }), listener(2).hooks))
      await Promise.all(ran)
      if (isolation !== 'inline') for (const _ of [1, 2, 3]) runner.run(job('spin'), deaf).catch(() => {})
      await delay(100)
      await runner.close()
    }
    await vi.waitFor(() => expect(beyond(before, atHand())).toEqual([]), { timeout: 5000 })
  },

  'closing ends what runs and what waits': async ({ fresh }, { isolation }) => {
    if (isolation === 'inline') return
    const runner = fresh(1)
    const running = ['spin', 'count'].map((act) => runner.run(job(act), deaf).catch((error: unknown) => error))
    await delay(400)
    await runner.close()
    await expect(Promise.all(running)).resolves.toHaveLength(2)
    await runner.close()
  },
} satisfies Record<string, RunnerRule>

/** What this process has besides memory, by kind; the timers of a test's own waiting left out. */
function atHand(): ReadonlyMap<string, number> {
  const counts = new Map([['child', children()]])
  for (const name of process.getActiveResourcesInfo()) counts.set(name, (counts.get(name) ?? 0) + 1)
  counts.delete('Timeout')
  counts.delete('Immediate')
  return counts
}

function beyond(before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): [string, number][] {
  return [...now].filter(([name, count]) => count > (before.get(name) ?? 0))
}

/** Children of this process, dead ones that nobody has waited for included. */
function children(): number {
  if (process.platform !== 'linux') return 0
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && parentOf(pid) === process.pid).length
}

function parentOf(pid: string): number {
  try {
    return Number(/\) \w (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1])
  } catch {
    return 0
  }
}

function throwing(): never {
  throw new Error('the disk is full')
}

function stopSoon(abort: AbortController): 'continue' {
  setTimeout(() => abort.abort(new Error('enough')), 20)
  return 'continue'
}

/** Runners for rules; what a rule made for itself is closed when it is over. */
export class RunnerSupply implements Runners {
  readonly #make: MakeRunner
  readonly #fresh: Runner[] = []
  #shared: Runner | undefined

  constructor(make: MakeRunner) {
    this.#make = make
  }

  // Rules take these two out of it.
  readonly fresh = (workers: number): Runner => {
    const runner = this.#make(workers)
    this.#fresh.push(runner)
    return runner
  }

  readonly shared = (): Runner => {
    this.#shared ??= this.#make(1)
    return this.#shared
  }

  async check(rule: RunnerRule, traits: RunnerTraits): Promise<void> {
    try {
      await rule(this, traits)
    } finally {
      await Promise.all(this.#fresh.splice(0).map((runner) => runner.close()))
    }
  }

  async close(): Promise<void> {
    await this.#shared?.close()
  }
}

/** The suite that every runner passes. */
export function runnerContract(name: string, make: MakeRunner, traits: RunnerTraits = {}): void {
  describe(`${name}: contract of runners`, () => {
    const supply = new RunnerSupply(make)
    afterAll(() => supply.close())
    for (const [rule, check] of Object.entries<RunnerRule>(runnerRules)) it(rule, () => supply.check(check, traits))
  })
}
