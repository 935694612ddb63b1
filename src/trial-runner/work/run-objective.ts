import { TunerError } from '../../core/errors.ts'
import { RandomStream } from '../../core/random.ts'
import { withSeededMathRandom } from '../engines/tfjs/math-random.ts'
import type { FoldHooks, FoldJob } from '../runner.ts'
import type { Work, WorkerSettings } from '../workload.ts'
import { checkedReports } from './reports.ts'
import type { Trained } from './trained.ts'
import { userCode } from './user-code.ts'

/** Calls a function of the user's that returns the objective itself. */
export async function runObjective(
  work: Work & { kind: 'objective' },
  settings: WorkerSettings,
  job: FoldJob,
  hooks: FoldHooks,
): Promise<Trained> {
  const { metric } = settings.objective
  let steps = 0
  let stopped = false
  const reports = checkedReports(hooks)
  const value = await userCode('objective()', job.params, () =>
    withSeededMathRandom(async (reseed) => {
      reseed(job.stream)
      return work.objective(job.params, {
        trial: job.trial,
        epochs: job.epochs.to,
        seed: new RandomStream(job.stream).seed32,
        report(step, intermediate) {
          if (stopped) return 'stop'
          stopped = reports.onEpoch(step, { [metric]: intermediate }) === 'stop'
          steps = step
          return stopped ? 'stop' : 'continue'
        },
      })
    }),
  )
  if (typeof value !== 'number') {
    throw new TunerError('model/threw', `objective() returned ${String(value)}; expected a number.`)
  }
  const place = { engine: 'objective()', backend: 'none' }
  if (stopped) return { end: 'pruned', epochs: steps, ...place }
  hooks.onEpoch(steps + 1, { [metric]: value })
  return { end: Number.isFinite(value) ? 'complete' : 'diverged', epochs: steps + 1, ...place }
}
