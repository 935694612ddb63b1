import { afterEach, describe, expect, it } from 'vitest'
import type { FoldHooks, FoldJob, FoldResult, Runner } from '../../src/trial-runner/runner.ts'
import { poolOfActs } from '../trial-runner/pools.ts'
import { type RunnerRule, RunnerSupply, runnerRules } from './runner.ts'

type Run = Runner['run']

/** What a double says by itself, where it does not leave it to the rule to find out. */
class Broken extends Error {}

const pools: Runner[] = []

/** A real pool, except for how it runs jobs. */
function changed(run: (inner: Run) => Run, close?: (inner: Runner) => Promise<void>) {
  return (workers: number): Runner => {
    const inner = poolOfActs('thread', workers)
    pools.push(inner)
    const runs = run(inner.run.bind(inner))
    return { concurrency: workers, run: runs, close: () => (close === undefined ? inner.close() : close(inner)) }
  }
}

/** A real pool whose results are told otherwise. */
function told(otherwise: (result: FoldResult) => FoldResult) {
  return changed(
    (inner) =>
      async (...args) =>
        otherwise(await inner(...args)),
  )
}

/** A real pool that changes the cause of failures. */
function blames(cause: (cause: object) => object) {
  return told((result) => (result.status === 'failed' ? { ...result, cause: cause(result.cause) as never } : result))
}

function hearing(hooks: (hooks: FoldHooks, job: FoldJob) => FoldHooks) {
  return changed((inner) => (job, heard, signal) => inner(job, hooks(heard, job), signal))
}

/** A result that comes when a job hangs, instead of none: rules should fail by what they see, not by their own limit. */
const complete: FoldResult = { status: 'complete', epochs: 6, engine: 'e', backend: 'b', durationMs: 1 }

const without = (...limits: string[]) =>
  changed((inner) => async (job, hooks, signal) => {
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(), 4000)
    const kept = Object.entries(job.limits ?? {}).filter(([name]) => !limits.includes(name))
    const signals = AbortSignal.any([abort.signal, ...(signal === undefined ? [] : [signal])])
    return inner({ ...job, limits: Object.fromEntries(kept) }, hooks, signals)
      .catch(() => complete)
      .finally(() => clearTimeout(timer))
  })

/** Each broken in one way; what a broken one fails. */
const doubles: { readonly [rule in keyof typeof runnerRules]: (workers: number) => Runner } = {
  'reports every epoch, in order, before the result': changed((inner) => async (job, hooks, signal) => {
    const later: (() => void)[] = []
    const result = await inner(job, { onEpoch: (...epoch) => defer(later, () => hooks.onEpoch(...epoch)) }, signal)
    setTimeout(() => {
      for (const tell of later) tell()
    }, 20)
    return result
  }),
  'gives every job its own params and result': changed((inner) => {
    let first: FoldJob | undefined
    return (job, hooks, signal) => {
      first ??= job
      return inner(first, hooks, signal)
    }
  }),
  'not one epoch after the decision, also where user code goes on': changed(
    (inner) =>
      (job, ...rest) =>
        inner({ ...job, asksAfterEpoch: false }, ...rest),
  ),
  'whatever user code throws costs its job': told((result) => {
    if (result.status === 'failed') throw new Broken(result.cause.message)
    return result
  }),
  'whatever user code reports costs its job at most': blames(() => ({ message: 'failed' })),
  'says that memory ran out, whoever says so': blames((cause) => ({ ...cause, code: 'model/threw' })),
  'a hook that throws rejects its job alone': hearing((hooks) => ({
    onEpoch(...epoch) {
      try {
        return hooks.onEpoch(...epoch)
      } catch {
        return 'stop'
      }
    },
  })),
  'rejects with the reason when it is aborted, and nothing is heard after that': changed(
    (inner) => (job, hooks, signal) => {
      const late = new AbortController()
      signal?.addEventListener('abort', () => setTimeout(() => late.abort(signal.reason), 100))
      return inner(job, hooks, late.signal)
    },
  ),
  'a job that reports is aborted without the loss of its worker': changed((inner) => async (job, hooks, signal) => {
    const result = await inner(job, hooks, signal).catch((error: unknown) => ({ error }))
    if (!('error' in result)) return result
    await inner({ ...job, params: { act: 'exit' } }, hooks)
    throw result.error
  }),
  'a job that spins is aborted, and its worker replaced': changed((inner) => (job, hooks, signal) => {
    if (job.params.act !== 'spin') return inner(job, hooks)
    hooks.onEpoch(1, {})
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(new Error('too late to stop')))
    })
  }),
  'a worker that exits costs its job': blames((cause) => ({ ...cause, code: 'model/threw' })),
  'what nobody catches costs its job, and says what it was': blames((cause) => ({ ...cause, message: 'it was lost' })),
  'what a job leaves behind disturbs no other': changed((inner) => {
    let left = false
    return async (job, hooks, signal) => {
      const disturbed = left
      left = job.params.act === 'leave timers'
      return disturbed ? inner({ ...job, params: { act: 'timer throws' } }, hooks, signal) : inner(job, hooks, signal)
    }
  }),
  'a job that hangs ends at its limit, which the cause names': without('epochMs', 'jobMs'),
  'loading a worker is not its job: it does not count': changed((inner) => async (job, hooks, signal) => {
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(new Broken('took too long')), job.limits?.jobMs)
    return inner(job, hooks, AbortSignal.any([abort.signal, ...(signal === undefined ? [] : [signal])])).finally(() =>
      clearTimeout(timer),
    )
  }),
  'memory beyond the limit ends the job, which says how much': blames(({ ...cause }) => ({
    ...cause,
    message: 'much',
  })),
  'a worker that leaks is replaced between jobs': without('memoryBytes'),
  'what the worker printed last is kept with a failure': blames((cause) => ({ ...cause, log: '' })),
  'a native crash costs its job, and names the signal': changed((inner) => async (job, hooks, signal) => {
    if (job.params.act !== 'abort') return inner(job, hooks, signal)
    return { status: 'failed', cause: { code: 'runner/worker-lost', message: 'It crashed.' }, durationMs: 1 }
  }),
  'closing leaves no thread, no process, no handle': changed(
    (inner) => inner,
    async () => {},
  ),
  'closing ends what runs and what waits': changed(
    (inner) => inner,
    async () => {
      throw new Broken('cannot be closed')
    },
  ),
}

function defer(later: (() => void)[], tell: () => void): 'continue' {
  later.push(tell)
  return 'continue'
}

describe('broken runners', () => {
  afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())))
  it.each(Object.entries(doubles))('fail the rule: %s', async (rule, make) => {
    const check = runnerRules[rule as keyof typeof runnerRules] as RunnerRule
    const supply = new RunnerSupply(make)
    const isolation = rule.startsWith('a native crash') ? 'process' : 'thread'
    const failure: unknown = await supply.check(check, { isolation }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Error)
    if (!(failure instanceof Broken)) expect(failure).toMatchObject({ name: 'AssertionError' })
  })
})
