import type { RunOptions } from '../study/run-study.ts'
import type { StartOptions } from './options.ts'

/** The options of a command that a run understands, those that were given. */
export function definedOnly(options: Partial<StartOptions> & { readonly data?: string }): RunOptions {
  const { trials, workers, backend, name, epochs, seed, tuner, data } = options
  const given = Object.entries({ trials, workers, backend, name, epochs, seed, tuner, dataPath: data })
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}
