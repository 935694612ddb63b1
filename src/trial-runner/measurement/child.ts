import type { Dataset } from '../../data/dataset.ts'
import { putBack } from '../processes/shared-arrays.ts'
import type { Workload } from '../workload.ts'
import type { ChildMessage } from './in-process.ts'
import { measureSteps } from './measure-steps.ts'

/** The first step on a device may have to compile everything, and is never what a step takes. */
const PATIENCE_MS = 10_000

async function measure({ loader, source, task }: ChildMessage): Promise<void> {
  const { loadWorkload } = (await import(loader)) as { loadWorkload(from: unknown): Promise<Workload> }
  const workload = await loadWorkload(source)
  const arrays = task.sample.arrays.values()
  const sample = putBack(task.sample.plain, (memory) => memory.set(arrays.next().value ?? [])) as Dataset
  process.send?.(await measureSteps(workload, { ...task, sample }, PATIENCE_MS))
}

// An error that is not caught ends the process, and its last words are the figure.
process.once('message', (message) => void measure(message as ChildMessage).then(() => process.disconnect()))
