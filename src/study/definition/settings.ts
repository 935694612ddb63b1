import { TunerError } from '../../core/errors.ts'
import type { Json } from '../../core/json.ts'
import type { Objective } from '../../core/study.ts'
import { holdout } from '../../cv/holdout.ts'
import type { Splitter } from '../../cv/splitter.ts'
import { isHigherBetter } from '../../training/metric-names.ts'
import type { TrainingOptions } from '../../training/options.ts'
import type { Workload } from '../../trial-runner/workload.ts'
import type { Pruner } from '../../tuners/pruner.ts'
import { checkStopRules, type StopRules } from '../scheduling/stopping.ts'
import { declaringModel } from './declaring-model.ts'
import type { StudyDefinition } from './definition.ts'

const DEFAULT_EPOCHS = 100
/** How many trials may be under way in a deterministic study, unless it says otherwise. */
const DEFAULT_WINDOW = 4

/** Settings that a caller may put over those of the definition; kept with the study. */
export interface Overrides {
  readonly epochs?: number
  readonly seed?: number
  readonly deterministic?: boolean | number
}

/** A definition with everything decided. */
export interface ResolvedStudy {
  readonly objective: Objective
  readonly seed: number
  /** Epochs a trial at most. */
  readonly epochs: number
  /** Jobs a trial. */
  readonly folds: number
  /** Trials under way at most, where what a tuner sees is fixed; undefined: whatever has finished. */
  readonly window: number | undefined
  readonly stop: StopRules
  readonly pruner: Pruner | undefined
  readonly workload: Workload
}

/** `trials`: a limit besides that of the definition. Throws `training/bad-option` or `study/bad-definition`. */
export function resolveStudy(definition: StudyDefinition, overrides: Overrides, trials?: number): ResolvedStudy {
  const { preprocess } = definition
  const deterministic = overrides.deterministic ?? definition.deterministic ?? false
  const stop = { ...definition.stop, ...(trials === undefined ? {} : { trials }) }
  checkStopRules(stop)
  const epochs = wholeNumber('epochs', overrides.epochs ?? definition.training?.epochs ?? DEFAULT_EPOCHS)
  const training: TrainingOptions = { ...(definition.training as TrainingOptions | undefined), epochs }
  checkTraining(training)
  const validation = definition.objective === undefined ? (definition.validation ?? holdout(0.2)) : undefined
  return {
    objective: objectiveOf(definition),
    seed: overrides.seed ?? definition.seed ?? 0,
    epochs,
    folds: validation?.folds ?? 1,
    window: deterministic === false ? undefined : deterministic === true ? DEFAULT_WINDOW : deterministic,
    stop,
    pruner: definition.pruner,
    workload: {
      ...workOf(definition),
      training,
      ...(preprocess === undefined ? {} : { preprocess }),
      ...(validation === undefined ? {} : { validation }),
    },
  }
}

function objectiveOf({ optimize, objective }: StudyDefinition): Objective {
  if (typeof optimize === 'object') return optimize
  const metric = optimize ?? (objective === undefined ? 'val_loss' : 'value')
  return { metric, direction: isHigherBetter(metric) ? 'maximize' : 'minimize' }
}

function workOf(definition: StudyDefinition): Pick<Workload, 'work' | 'declared'> {
  const { model, train, objective } = definition
  if (model !== undefined) return declaringModel(model, definition.space !== undefined)
  if (train !== undefined) return { work: { kind: 'train', train } }
  if (objective !== undefined) return { work: { kind: 'objective', objective } }
  throw new TunerError('study/bad-definition', 'The study has none of model, train and objective.')
}

function checkTraining({ earlyStopping }: TrainingOptions): void {
  if (earlyStopping === undefined) return
  wholeNumber('earlyStopping.patience', earlyStopping.patience)
  const { minDelta = 0 } = earlyStopping
  if (!(minDelta >= 0)) {
    throw new TunerError('training/bad-option', `earlyStopping.minDelta is ${minDelta}; expected a number from 0 on.`)
  }
}

function wholeNumber(name: string, value: number): number {
  if (Number.isInteger(value) && value > 0) return value
  throw new TunerError('training/bad-option', `${name} is ${value}; expected a whole number above 0.`)
}

/** What decides the numbers of a study besides space, tuner, seed and data, as JSON: kept, shown, compared on resume. */
export function describeSettings(definition: StudyDefinition, study: ResolvedStudy): { readonly [key: string]: Json } {
  const { workload, epochs, window } = study
  const { training, validation, preprocess } = workload
  const describedValidation = (splitter: Splitter) => ({ name: splitter.name, ...splitter.options })
  return {
    epochs,
    ...(typeof training.batchSize === 'number' ? { batchSize: training.batchSize } : {}),
    ...(training.shuffle === false ? { shuffle: false } : {}),
    ...(training.earlyStopping === undefined ? {} : { earlyStopping: { ...training.earlyStopping } }),
    ...(validation === undefined ? {} : { validation: describedValidation(validation) }),
    ...(preprocess === undefined ? {} : { preprocess: preprocess.name }),
    ...(study.pruner === undefined ? {} : { pruner: { ...study.pruner.toJSON() } }),
    ...(window === undefined ? {} : { deterministic: window }),
    ...(definition.tryFirst === undefined ? {} : { tryFirst: definition.tryFirst.length }),
  }
}
