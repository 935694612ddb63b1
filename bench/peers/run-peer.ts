import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BenchResult } from '../row.ts'

/**
 * Runs bench/peers/<script>, which prints a {@link BenchResult}, with the Python of BENCH_PYTHON or of bench/peers/.venv;
 * without one, or where it fails, a note says so.
 */
export function runPeer(script: string, args: readonly string[]): BenchResult {
  const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))
  const own = here('.venv/bin/python')
  const python = process.env.BENCH_PYTHON ?? (existsSync(own) ? own : undefined)
  if (python === undefined) {
    return { rows: [], notes: [`${script}: no Python. Run bench/peers/setup.sh, or set BENCH_PYTHON.`] }
  }
  const { status, stdout, stderr, error } = spawnSync(python, [here(script), ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  })
  if (status === 0) return JSON.parse(stdout) as BenchResult
  const reason = error?.message ?? stderr.trim().split('\n').at(-1) ?? ''
  return { rows: [], notes: [`${script}: ${python} failed: ${reason}`] }
}
