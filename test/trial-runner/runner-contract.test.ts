import { InlineRunner } from '../../src/trial-runner/inline.ts'
import type { Workload } from '../../src/trial-runner/workload.ts'
import { runnerContract } from '../contracts/runner.ts'
import { poolOfActs } from './pools.ts'

const acts = new URL('./fixtures/acts.mjs', import.meta.url).href
const { loadWorkload } = (await import(acts)) as { loadWorkload(): Promise<Workload> }
const workload = await loadWorkload()
const settings = {
  seed: 0,
  objective: { metric: 'value', direction: 'minimize' },
  engines: { engine: 'auto', backend: 'auto', arithmetic: 'auto' },
} as const

runnerContract('inline', () => new InlineRunner(workload, settings), { isolation: 'inline' })
runnerContract('threads', (workers) => poolOfActs('thread', workers), { isolation: 'thread' })
runnerContract('processes', (workers) => poolOfActs('process', workers), { isolation: 'process' })
