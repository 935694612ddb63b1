// Runs many trials in one process and prints what it held after some of them: node conduct.ts '{ database, engine, moments }'
import { fileURLToPath } from 'node:url'
import { type RunOptions, runStudy } from 'tfjs-tuner'

/** What the process is told. */
export interface MemoryTask {
  readonly database: string
  readonly engine: NonNullable<NonNullable<RunOptions['engines']>['engine']>
  /** `pool`: in two worker threads; `inline`: in the thread of the program, where tensors can be counted. */
  readonly where: 'pool' | 'inline'
  /** After so many finished trials; the last is the number of trials. */
  readonly moments: readonly number[]
}

/** What it says: an entry for each moment. */
export type Held = readonly { readonly residentBytes: number; readonly tensors: number }[]

const { database, engine, where, moments } = JSON.parse(process.argv[2] ?? '{}') as MemoryTask
const path = fileURLToPath(new URL('study.ts', import.meta.url))
const { memory } = await import('@tensorflow/tfjs-core')
const { default: definition } = await import('./study.ts')
const held: { residentBytes: number; tensors: number }[] = []
let finished = 0
await runStudy(where === 'pool' ? path : definition, {
  storage: database,
  workers: 2,
  trials: Math.max(...moments),
  engines: { engine },
  onEvent({ type }) {
    if (type !== 'trial-finished' || !moments.includes(++finished)) return
    held.push({ residentBytes: process.memoryUsage.rss(), tensors: memory().numTensors })
  },
})
console.log(JSON.stringify(held satisfies Held))
