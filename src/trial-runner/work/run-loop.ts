import { TunerError } from '../../core/errors.ts'
import { RandomStream } from '../../core/random.ts'
import type { FoldData } from '../../training/fold-data.ts'
import type { TrainingResult } from '../engines/engine.ts'
import { withSeededMathRandom } from '../engines/tfjs/math-random.ts'
import type { FoldHooks, FoldJob } from '../runner.ts'
import type { Work, Workload } from '../workload.ts'
import { batchSizeOf, modelContext } from './context.ts'
import { checkedReports } from './reports.ts'
import type { Trained } from './trained.ts'
import { userCode } from './user-code.ts'

/** Runs a training loop of the user's own. */
export async function runLoop(
  work: Work & { kind: 'train' },
  { training }: Workload,
  backend: string,
  job: FoldJob,
  hooks: FoldHooks,
  data: FoldData,
): Promise<Trained> {
  let epochs = 0
  let end: TrainingResult['end'] = 'complete'
  const reports = checkedReports(hooks)
  await userCode('train()', job.params, () =>
    withSeededMathRandom(async (reseed) => {
      reseed(job.stream)
      await work.train({
        ...modelContext(job.params, data.dataset),
        trial: job.trial,
        fold: job.fold,
        data,
        epochs: job.epochs.to,
        batchSize: batchSizeOf(training, job.params),
        seed: new RandomStream(job.stream).seed32,
        report(epoch, metrics) {
          if (end !== 'complete') return 'stop'
          if (reports.onEpoch(epoch, metrics) === 'stop') end = 'pruned'
          else if (!Number.isFinite(metrics.loss ?? 0) || !Number.isFinite(metrics.val_loss ?? 0)) end = 'diverged'
          epochs = epoch
          return end === 'complete' ? 'continue' : 'stop'
        },
      })
    }),
  )
  if (epochs === 0) {
    throw new TunerError('model/threw', 'train() returned without having reported an epoch.', {
      hint: 'Call context.report(epoch, { val_loss }) after each epoch.',
    })
  }
  return { end, epochs, engine: 'train()', backend: backend }
}
