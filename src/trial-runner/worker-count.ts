import { availableParallelism } from 'node:os'
import { selectBackend } from './backends/registry.ts'
import type { EngineChoice } from './engines/registry.ts'

/** What a worker is given of a device's memory: the libraries' own, weights, what a step keeps, and room to work in. */
const WORKER_BYTES = 4 * 2 ** 30

/** More workers than this only wait for each other on one device. */
const MOST_PER_DEVICE = 4

/** Where the memory of a device is not known: while one worker prepares a batch the other computes. */
const WITHOUT_KNOWLEDGE = 2

/**
 * How many jobs run at once where nobody says: one a processor, or, on a backend with devices of their own, as many as
 * their memory has room for at 4 GiB each, 1 to 4 a device, and no more than processors.
 */
export async function defaultWorkers(
  { backend }: Pick<EngineChoice, 'backend'>,
  processors = availableParallelism(),
): Promise<number> {
  const devices = await (await selectBackend(backend)).devices?.()
  return devices === undefined ? processors : workersOn(devices, processors)
}

/** The same for devices with so many bytes of memory each, NaN where that is not known. */
export function workersOn(devices: readonly number[], processors: number): number {
  const room = devices.map((bytes) =>
    Number.isNaN(bytes) ? WITHOUT_KNOWLEDGE : Math.min(MOST_PER_DEVICE, Math.max(1, Math.floor(bytes / WORKER_BYTES))),
  )
  const sum = room.reduce((total, workers) => total + workers, 0)
  return Math.max(1, Math.min(processors, sum))
}
