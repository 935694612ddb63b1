import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Held, MemoryTask } from './memory/conduct.ts'
import type { BenchOptions, BenchResult, Row } from './row.ts'

const MEBIBYTE = 2 ** 20

/** A thousand trials in one process: what it holds after them, and after the first fifty. */
export async function run({ quick }: BenchOptions): Promise<BenchResult> {
  const moments = [50, quick ? 200 : 1000] as const
  const rows: Row[] = []
  for (const engine of ['simd', 'tfjs'] as const) {
    const [early, late] = await measure({ engine, where: 'pool', moments })
    const [before, after] = [early?.residentBytes ?? Number.NaN, late?.residentBytes ?? Number.NaN]
    const resident = { case: engine, unit: 'MiB resident', workers: 2 }
    rows.push({ ...resident, what: `trials@${moments[0]}`, value: before / MEBIBYTE })
    const compared = { reference: `trials@${moments[0]}`, ratio: after / before }
    rows.push({ ...resident, what: `trials@${moments[1]}`, value: after / MEBIBYTE, ...compared })
    const inline = await measure({ engine, where: 'inline', moments })
    for (const [i, { tensors }] of inline.entries()) {
      rows.push({ case: engine, what: `tensors@${moments[i]}`, unit: 'tensors', value: tensors })
    }
  }
  return { rows, remarks: ['Tensors are those of the same trials in the thread of the program.'] }
}

async function measure(task: Omit<MemoryTask, 'database'>): Promise<Held> {
  const folder = await mkdtemp(join(tmpdir(), 'tune-memory-'))
  try {
    const script = fileURLToPath(new URL('memory/conduct.ts', import.meta.url))
    const told: MemoryTask = { ...task, database: join(folder, 'memory.db') }
    const args = ['--import', 'jiti/register', script, JSON.stringify(told)]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    return JSON.parse(stdout) as Held
  } finally {
    await rm(folder, { recursive: true })
  }
}
