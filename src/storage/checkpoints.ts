import type { Checkpoint } from '../core/checkpoint.ts'

/** Keeps the state of folds whose trial may go on, one checkpoint each, the latest. */
export interface CheckpointStore {
  save(trial: number, fold: number, checkpoint: Checkpoint): Promise<void>
  /** Undefined where there is none, or none that can be read: the fold is then trained from its start, to the same end. */
  load(trial: number, fold: number): Promise<Checkpoint | undefined>
  /** Forgets all of them. */
  clear(): Promise<void>
}

/** Checkpoints that go with the process. */
export function memoryCheckpoints(): CheckpointStore {
  const kept = new Map<string, Checkpoint>()
  return {
    async save(trial, fold, checkpoint) {
      kept.set(`${trial}/${fold}`, checkpoint)
    },
    async load(trial, fold) {
      return kept.get(`${trial}/${fold}`)
    },
    async clear() {
      kept.clear()
    },
  }
}
