import type { Checkpoint } from '../../core/checkpoint.ts'
import type { TrialRecord } from '../../core/trial.ts'
import type { FoldJob } from '../../trial-runner/runner.ts'
import { foldStream } from './streams.ts'

/** The job that trains a fold of a trial: on from its checkpoint, where there is one that its curve reaches. */
export function foldJob(
  seed: number,
  { number, params, epochs, folds }: TrialRecord,
  fold: number,
  checkpoint: Checkpoint | undefined,
  rest: Pick<FoldJob, 'keepCheckpoint' | 'asksAfterEpoch' | 'limits'>,
): FoldJob {
  const trained = folds.find((record) => record.fold === fold)?.curve.length ?? 0
  const isUsable = checkpoint !== undefined && checkpoint.epoch > 0 && checkpoint.epoch <= trained
  return {
    trial: number,
    fold,
    params,
    epochs: { from: isUsable ? checkpoint.epoch : 0, to: epochs },
    stream: foldStream(seed, number, fold),
    ...(isUsable ? { checkpoint } : {}),
    ...rest,
  }
}
