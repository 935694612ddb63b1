import type { Backend } from '../backends/backend.ts'
import { backends } from '../backends/registry.ts'
import type { EngineChoice } from '../engines/registry.ts'
import type { Candidate } from './measurement.ts'

/** Trains nothing that wasm does not train faster. */
const SLOWEST = 'cpu'

/**
 * What may train a study, the preferred first: the simd engine unless tfjs is wanted, then tfjs on every backend that is
 * usable here, those that are safe in threads before the others. `byDefault` is a choice with its backend and arithmetic
 * decided.
 */
export async function findCandidates(byDefault: EngineChoice): Promise<Candidate[]> {
  const usable = await usableBackends()
  const trainers = usable.some(({ name }) => name !== SLOWEST) ? usable.filter(({ name }) => name !== SLOWEST) : usable
  const ordered = [...trainers.filter(isSafeInThreads), ...trainers.filter((backend) => !isSafeInThreads(backend))]
  const tfjs = ordered.map(({ name }): Candidate => ({ ...byDefault, engine: 'tfjs', backend: name }))
  return byDefault.engine === 'tfjs' ? tfjs : [{ ...byDefault, engine: 'simd' }, ...tfjs]
}

function isSafeInThreads({ isolation }: Backend): boolean {
  return isolation === 'thread'
}

async function usableBackends(): Promise<Backend[]> {
  const probed = await Promise.all(backends.map(async (backend) => ({ backend, verdict: await backend.probe() })))
  return probed.filter(({ verdict }) => verdict === true).map(({ backend }) => backend)
}
