import type { RunOptions } from '../study/run-study.ts'
import type { StartOptions } from './options.ts'

/** The options of a command that a run understands, those that were given. */
export function definedOnly(options: Partial<StartOptions> & { readonly data?: string }): RunOptions {
  const { trials, workers, isolation, engine, backend, arithmetic, name, epochs, seed, tuner, deterministic, data } =
    options
  const { attempts, epochTimeout, trialTimeout, memoryLimit } = options
  const limits = { epochSeconds: epochTimeout, trialSeconds: trialTimeout, memoryMiB: memoryLimit }
  const faults = given({ attempts, ...limits })
  const engines = given({ engine, backend, arithmetic })
  return {
    ...given({ trials, workers, isolation, name, epochs, seed, tuner, deterministic, dataPath: data }),
    ...(Object.keys(faults).length === 0 ? {} : { faults }),
    ...(Object.keys(engines).length === 0 ? {} : { engines }),
  }
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Options without those that were not given. */
export function given<T extends object>(options: T): Given<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<T>
}
