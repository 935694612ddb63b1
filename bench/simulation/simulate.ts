import type { Params } from '../../src/core/params.ts'
import type { Pruner } from '../../src/tuners/pruner.ts'
import type { Observation, Suggestion, Tuner } from '../../src/tuners/tuner.ts'

/** What a simulated study trains on and how long that takes. */
export interface World {
  readonly workers: number
  /** The configuration that is trained, and told to the tuner, in place of one proposed. Default: the same. */
  realize?(params: Params): Params
  /** The objective after each epoch; a trial fails at the first NaN. */
  curve(params: Params, number: number): readonly number[]
  /** How long an epoch takes (counted from 1); default 1. */
  duration?(number: number, epoch: number): number
  readonly pruner?: Pruner
  /** Called after each epoch, job by job; `stop` ends the study. */
  onEpoch?(value: number): 'continue' | 'stop'
}

/** A stretch of training without a pause. */
export interface Job {
  readonly trial: number
  readonly from: number
  readonly to: number
  readonly start: number
  readonly end: number
}

export interface Played {
  readonly history: readonly Observation[]
  readonly jobs: readonly Job[]
}

/** Plays a study on several workers, event by event: whoever is free asks the tuner at once. Takes no time. */
export function simulate(tuner: Tuner, world: World): Played {
  const { workers, onEpoch = () => 'continue' } = world
  const history: Observation[] = []
  const jobs: Job[] = []
  const running: { readonly job: Job; readonly result: Observation }[] = []
  let now = 0
  let stopped = false

  const begin = (suggestion: Suggestion): void => {
    const before = history[suggestion.continueFrom ?? -1]
    const trial = before?.number ?? history.length
    const params = before?.params ?? world.realize?.(suggestion.params) ?? suggestion.params
    history[trial] = pending({ ...suggestion, params }, trial, before)
    const result = train(history[trial], world, history, (value) => {
      if (!stopped) stopped = onEpoch(value) === 'stop'
      return stopped
    })
    const from = before?.curve.length ?? 0
    let end = now
    for (let epoch = from + 1; epoch <= result.curve.length; epoch++) end += world.duration?.(trial, epoch) ?? 1
    const job = { trial, from, to: result.curve.length, start: now, end }
    jobs.push(job)
    running.push({ job, result })
  }

  while (!stopped) {
    if (running.length < workers) {
      for (const suggestion of tuner.suggest([...history], workers - running.length)) begin(suggestion)
    }
    running.sort((a, b) => a.job.end - b.job.end || a.job.trial - b.job.trial)
    const next = running.shift()
    if (next === undefined) break
    now = next.job.end
    history[next.job.trial] = next.result
  }
  return { history, jobs }
}

function pending(suggestion: Suggestion, number: number, before: Observation | undefined): Observation {
  const { params, epochs, note } = suggestion
  const { value, curve = [], folds = [] } = before ?? {}
  return { number, params, status: 'pending', epochs, value, curve, folds, note }
}

function train(
  trial: Observation,
  { curve, pruner }: World,
  history: readonly Observation[],
  isLast: (value: number) => boolean,
): Observation {
  const whole = curve(trial.params, trial.number)
  const done = [...trial.curve]
  let status: Observation['status'] = 'complete'
  while (done.length < Math.min(trial.epochs, whole.length) && status === 'complete') {
    const value = whole[done.length] ?? Number.NaN
    done.push(value)
    const last = isLast(value)
    if (Number.isNaN(value)) status = 'failed'
    else if (last) break
    else if (pruner !== undefined) {
      const moment = { fold: 0, epoch: done.length, value }
      const others = history.filter((other) => other.number !== trial.number)
      if (pruner.decide({ ...trial, curve: [...done], folds: [[...done]] }, moment, others) === 'stop')
        status = 'pruned'
    }
  }
  const value = status === 'failed' ? undefined : Math.min(...done)
  return { ...trial, status, value, curve: done, folds: [done] }
}
