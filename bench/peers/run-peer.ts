import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { BenchResult } from '../row.ts'
import { findPython, NO_PYTHON } from './python.ts'

/**
 * Runs bench/peers/<script>, which prints a {@link BenchResult}, with the Python of BENCH_PYTHON or of bench/peers/.venv;
 * without one, or where it fails, a note says so.
 */
export function runPeer(script: string, args: readonly string[]): BenchResult {
  const python = findPython()
  if (python === undefined) return { rows: [], notes: [`${script}: ${NO_PYTHON}`] }
  const file = fileURLToPath(new URL(script, import.meta.url))
  const { status, stdout, stderr, error } = spawnSync(python, [file, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  })
  if (status === 0) return JSON.parse(stdout) as BenchResult
  const reason = error?.message ?? stderr.trim().split('\n').at(-1) ?? ''
  return { rows: [], notes: [`${script}: ${python} failed: ${reason}`] }
}
