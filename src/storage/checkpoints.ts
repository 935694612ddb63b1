import type { Checkpoint, NamedValues } from '../core/checkpoint.ts'

/** One checkpoint that is kept. */
export interface KeptCheckpoint {
  readonly trial: number
  readonly fold: number
  readonly bytes: number
}

/** Keeps the state of folds whose trial may go on, one checkpoint each, the latest. */
export interface CheckpointStore {
  /** Resolves, once it is kept, with how many bytes it takes. */
  save(trial: number, fold: number, checkpoint: Checkpoint): Promise<number>
  /** Undefined where there is none, or none that can be read: the fold is then trained from its start, to the same end. */
  load(trial: number, fold: number): Promise<Checkpoint | undefined>
  /** All that is kept, in any order. */
  list(): Promise<KeptCheckpoint[]>
  /** Forgets those of a trial. */
  drop(trial: number): Promise<void>
  /** Forgets all of them. */
  clear(): Promise<void>
}

/** Checkpoints that go with the process. */
export function memoryCheckpoints(): CheckpointStore {
  const kept = new Map<string, { readonly trial: number; readonly fold: number; readonly checkpoint: Checkpoint }>()
  return {
    async save(trial, fold, checkpoint) {
      kept.set(`${trial}/${fold}`, { trial, fold, checkpoint })
      return bytesOf(checkpoint)
    },
    async load(trial, fold) {
      return kept.get(`${trial}/${fold}`)?.checkpoint
    },
    async list() {
      return [...kept.values()].map(({ trial, fold, checkpoint }) => ({ trial, fold, bytes: bytesOf(checkpoint) }))
    },
    async drop(trial) {
      for (const [key, one] of kept) if (one.trial === trial) kept.delete(key)
    },
    async clear() {
      kept.clear()
    },
  }
}

function bytesOf({ weights, optimizer, stopping }: Checkpoint): number {
  const blocks: readonly NamedValues[] = [...weights, ...optimizer, ...(stopping?.bestWeights ?? [])]
  return blocks.reduce((sum, { values }) => sum + values.byteLength, 0)
}
