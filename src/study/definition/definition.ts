import type { LayersModel } from '@tensorflow/tfjs-layers'
import { TunerError } from '../../core/errors.ts'
import type { Params } from '../../core/params.ts'
import type { Direction } from '../../core/study.ts'
import type { Preprocessor } from '../../cv/preprocessor.ts'
import type { Splitter } from '../../cv/splitter.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { HyperParameters } from '../../search-space/hp.ts'
import type { ParamsOf, SpaceDeclaration } from '../../search-space/infer.ts'
import type { TrainingOptions } from '../../training/options.ts'
import type { ModelContext, ObjectiveContext, TrainContext } from '../../trial-runner/workload.ts'
import type { Pruner } from '../../tuners/pruner.ts'
import type { TunerSpec } from '../../tuners/tuner.ts'
import type { FaultOptions } from '../scheduling/faults.ts'
import type { CheckpointOptions } from '../scheduling/retention.ts'
import type { StopRules } from '../scheduling/stopping.ts'

/** What `data()` is given. */
export interface DataContext {
  /** The value of `--data`, or of the environment variable TUNE_DATA: usually a file. */
  readonly path: string | undefined
}

/** What `model()` of a study is given. */
export interface StudyModelContext<P = Params> extends ModelContext<P> {
  /**
   * For a study without a space: `hp.int('units', 32, 512, { step: 32 })` declares a parameter and is its value. The space
   * is found by building one model with defaults, and grows when another branch asks for more.
   */
  readonly hp: HyperParameters
}

/** A study as a user writes it. Give one of `model` (the usual way), `train` or `objective`. */
export interface StudyDefinition<S extends SpaceDeclaration = SpaceDeclaration, P = ParamsOf<S>> {
  /** Under which it is kept and resumed. */
  readonly name: string
  /** May be left out: `model` then asks `hp` for its parameters, and they make the space. */
  readonly space?: S
  /** Rules between parameters: a configuration for which one returns false is not proposed. */
  readonly constraints?: readonly ((params: P) => boolean)[]
  /** Configurations known to be good, to be tried first. */
  readonly tryFirst?: readonly P[]
  /** Read once, in the main thread; workers share it. */
  readonly data?: (context: DataContext) => Dataset | Promise<Dataset>
  /** Fitted on each fold's training rows only. */
  readonly preprocess?: Preprocessor
  /** Returns a compiled model for one configuration. Runs in a worker, anew for each fold. */
  readonly model?: (context: StudyModelContext<P>) => LayersModel | Promise<LayersModel>
  /** A training loop of your own in place of `model`: trains one fold and reports each epoch. */
  readonly train?: (context: TrainContext<P>) => unknown
  /** Any function in place of `model`: returns the value to optimize. */
  readonly objective?: (params: P, context: ObjectiveContext) => number | Promise<number>
  /** Default `holdout(0.2)`. */
  readonly validation?: Splitter
  /** Default: 100 epochs, no early stopping. */
  readonly training?: TrainingOptions<P>
  /** Default: `val_loss` (for `objective`: `value`), minimized. Accuracies and the like are maximized. */
  readonly optimize?: string | { readonly metric: string; readonly direction: Direction }
  /** Default `randomSearch({ trials: 20 })`. */
  readonly tuner?: TunerSpec
  /** Stops trials that look hopeless after an epoch. Default none. */
  readonly pruner?: Pruner
  /** When the study ends before its tuner does: after a time, at a value, without improvement. */
  readonly stop?: StopRules
  /** Attempts, time and memory that a trial may take, and failures that the study puts up with. */
  readonly faults?: FaultOptions
  /** Which states of training are kept, and how much disk they may take. */
  readonly checkpoints?: CheckpointOptions
  /** From which everything random is derived. Default 0: the same study gives the same numbers. */
  readonly seed?: number
  /**
   * With several workers a tuner that learns from results normally sees whatever has finished. `true` fixes what it sees
   * to the results of trials a constant number back, so that the study is the same on any machine, at a small cost in
   * waiting; a number says how many trials may be under way (default 4). So is what a pruner sees, and a trial's folds
   * are then trained one after another. Default false.
   */
  readonly deterministic?: boolean | number
}

/** Declares a study: default-export it from a module and run that with `tune run` or `runStudy`. */
export function defineStudy<const S extends SpaceDeclaration>(definition: StudyDefinition<S>): StudyDefinition<S> {
  return definition
}

/** Throws `study/bad-definition` at the first thing missing. Types say the same, but modules may be JavaScript. */
export function checkDefinition(
  value: unknown,
  where: string,
): asserts value is StudyDefinition<SpaceDeclaration, Params> {
  const fail = (expected: string, hint: string) =>
    new TunerError('study/bad-definition', `${where}: expected ${expected}.`, { hint })
  if (typeof value !== 'object' || value === null) {
    throw fail('a study, an object made by defineStudy({ ... })', 'Write: export default defineStudy({ ... })')
  }
  const study = value as Partial<StudyDefinition>
  if (typeof study.name !== 'string' || study.name === '') {
    throw fail('a name, under which the study is kept', "Add name: 'my-study'.")
  }
  if (study.space === undefined ? study.model === undefined : typeof study.space !== 'object' || study.space === null) {
    throw fail('a search space', 'Add space: { dropout: float(0, 0.6) }.')
  }
  const ways = [study.model, study.train, study.objective].filter((way) => way !== undefined)
  if (ways.length !== 1) {
    throw fail(
      `exactly one of model, train and objective, got ${ways.length}`,
      'Add model({ tf, params, inputShape }), which returns a compiled model.',
    )
  }
  if (study.objective === undefined && study.data === undefined) {
    throw fail('data to train on', "Add data: ({ path }) => csv(path, { target: 'column' }).")
  }
}
