import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { RunOptions } from 'tfjs-tuner'
import type { BenchOptions, BenchResult, Row } from './row.ts'

const MEBIBYTE = 2 ** 20

interface Task {
  readonly engine: NonNullable<NonNullable<RunOptions['engines']>['engine']>
  /** `pool`: in two worker threads; `inline`: in the thread of the program, where tensors can be counted. */
  readonly where: 'pool' | 'inline'
  /** After so many finished trials; the last is the number of trials. */
  readonly moments: readonly number[]
}

/** What the process held at each moment. */
type Held = readonly { readonly residentBytes: number; readonly tensors: number }[]

const PLACES = ['pool', 'inline'] as const

/** A thousand trials in one process: what it holds after them, and after the first fifty. */
export async function run({ quick }: BenchOptions): Promise<BenchResult> {
  const moments = [50, quick ? 200 : 1000] as const
  const rows: Row[] = []
  for (const engine of ['simd', 'tfjs'] as const) {
    for (const where of PLACES) {
      const [early, late] = await measure({ engine, where, moments })
      if (early === undefined || late === undefined) throw new Error('The study ended before its last trial.')
      const told = { case: `${engine}, ${where}`, workers: where === 'pool' ? 2 : 1 }
      const resident = { ...told, unit: 'MiB resident' }
      const [before, after] = [early.residentBytes, late.residentBytes]
      const compared = { reference: `trials@${moments[0]}`, ratio: after / before }
      rows.push({ ...resident, what: `trials@${moments[0]}`, value: before / MEBIBYTE })
      rows.push({ ...resident, what: `trials@${moments[1]}`, value: after / MEBIBYTE, ...compared })
      if (where === 'pool') continue
      for (const [i, { tensors }] of [early, late].entries()) {
        rows.push({ ...told, what: `tensors@${moments[i]}`, unit: 'tensors', value: tensors })
      }
    }
  }
  return {
    rows,
    remarks: ['pool: in two worker threads; inline: in the thread of the program, whose tensors are counted.'],
  }
}

/** Runs short trials in a process of their own. */
export async function measure(task: Task): Promise<Held> {
  const folder = await mkdtemp(join(tmpdir(), 'tune-memory-'))
  try {
    const script = fileURLToPath(new URL('memory/conduct.mjs', import.meta.url))
    const told = { ...task, database: join(folder, 'memory.db') }
    const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(told)])
    return JSON.parse(stdout) as Held
  } finally {
    await rm(folder, { recursive: true })
  }
}
