import type { TrialRecord } from '../../src/core/trial.ts'
import type { CampaignResult, CampaignTask } from './campaign.ts'
import { expectedEnd, FOLDS, fateOf } from './plan.ts'

/** What a campaign came to, as counts; those of faults of the runner should be 0. */
export interface Verdict {
  readonly trials: number
  readonly complete: number
  readonly diverged: number
  readonly failed: number
  /** Attempts that were lost, and how many trials were completed in spite of one. */
  readonly 'attempts-lost': number
  readonly 'made-good': number
  readonly 'workers-killed': number
  /** Trials that are missing, have no end, or had one that was forgotten. */
  readonly lost: number
  /** Trials that were trained again after they had ended, or have a fold twice. */
  readonly doubled: number
  /** Trials that ended as nothing that befell them explains, or failed without a cause. */
  readonly 'causes-wrong': number
  /** Complete trials whose numbers are not those of the study without faults. */
  readonly 'survivors-changed': number
  readonly 'processes-left': number
}

export function judge(task: CampaignTask, result: CampaignResult): Verdict {
  const { trials, undisturbed } = result
  const count = (holds: (trial: TrialRecord) => boolean) => trials.filter(holds).length
  const lostAttempts = (trial: TrialRecord) => trial.folds.reduce((sum, { lost = [] }) => sum + lost.length, 0)
  const unfinished = Array.from({ length: task.trials }, (_, number) => trials[number]).filter(
    (trial) => trial === undefined || trial.status === 'running',
  )
  const twice = count(({ folds }) => new Set(folds.map(({ fold }) => fold)).size < folds.length)
  return {
    trials: trials.length,
    complete: count(({ status }) => status === 'complete'),
    diverged: count(({ status }) => status === 'diverged'),
    failed: count(({ status }) => status === 'failed'),
    'attempts-lost': trials.reduce((sum, trial) => sum + lostAttempts(trial), 0),
    'made-good': count((trial) => trial.status === 'complete' && lostAttempts(trial) > 0),
    'workers-killed': result.workersKilled,
    lost: unfinished.length + result.forgotten.length + Math.max(0, task.trials - trials.length),
    doubled: new Set(result.doubled).size + twice + Math.max(0, trials.length - task.trials),
    'causes-wrong': count((trial) => !isExplained(task, trial)),
    'survivors-changed': count((trial) => {
      return trial.status === 'complete' && numbersOf(trial) !== numbersOf(undisturbed[trial.number])
    }),
    'processes-left': result.processesLeft,
  }
}

/** Worker kills are nobody's fate, but three of one fold may end its trial. */
function isExplained({ seed, isolation, workerKills }: CampaignTask, trial: TrialRecord): boolean {
  const { status, cause, number, folds } = trial
  const end = cause === undefined ? status : `${status} ${cause.code}`
  if (end === expectedEnd(fateOf(seed, number, isolation))) return status !== 'complete' || folds.length === FOLDS
  const attempts = Math.max(...folds.map(({ lost = [] }) => lost.length + 1))
  return workerKills > 0 && end === 'failed runner/worker-lost' && attempts === 3
}

function numbersOf(trial: TrialRecord | undefined): string {
  if (trial === undefined) return 'none'
  const { params, value, metrics, bestEpoch, folds } = trial
  return JSON.stringify({ params, value, metrics, bestEpoch, curves: folds.map(({ fold, curve }) => [fold, curve]) })
}
