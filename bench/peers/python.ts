import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The Python of BENCH_PYTHON, or the one that bench/peers/setup.sh has made. */
export function findPython(): string | undefined {
  const own = fileURLToPath(new URL('.venv/bin/python', import.meta.url))
  return process.env.BENCH_PYTHON ?? (existsSync(own) ? own : undefined)
}

export const NO_PYTHON = 'no Python. Run bench/peers/setup.sh, or set BENCH_PYTHON.'
