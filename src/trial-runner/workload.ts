import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Params } from '../core/params.ts'
import type { Objective } from '../core/study.ts'
import type { Metrics } from '../core/trial.ts'
import type { Preprocessor } from '../cv/preprocessor.ts'
import type { Splitter } from '../cv/splitter.ts'
import type { Dataset } from '../data/dataset.ts'
import type { FoldData } from '../training/fold-data.ts'
import type { TrainingOptions } from '../training/options.ts'
import type { Keras } from './engines/keras/keras.ts'
import type { EngineChoice } from './engines/registry.ts'
import type { TensorFlow } from './engines/tfjs/tf.ts'
import type { Declared } from './runner.ts'

/** What `model()` is given to build a model for one trial. */
export interface ModelContext<P = Params> {
  readonly tf: TensorFlow
  /** Losses, metrics and optimizers that tfjs lacks, for `model.compile`: `keras.losses.huber()`. */
  readonly keras: Keras
  readonly params: P
  /** Shape of one row of the first input, after preprocessing: [13]. */
  readonly inputShape: number[]
  /** The same for every input, where there are several. */
  readonly inputShapes: readonly number[][]
  /** How many numbers the model should put out: 1 for a regression or two classes, otherwise one a class. */
  readonly outputs: number
  /** Names of the classes, empty for a regression. */
  readonly classes: readonly string[]
}

/** What `train()`, a training loop of the user's own, is given for one fold of one trial. */
export interface TrainContext<P = Params> extends ModelContext<P> {
  readonly trial: number
  readonly fold: number
  readonly data: FoldData
  /** How many epochs to train at most. */
  readonly epochs: number
  readonly batchSize: number
  /** 32 bits that depend on (study seed, trial, fold) alone. `Math.random` is seeded with them already. */
  readonly seed: number
  /** Tells the study of an epoch, counted from 1; metrics by Keras's names (`loss`, `val_loss`, ...). On `stop`, return. */
  report(epoch: number, metrics: Metrics): 'continue' | 'stop'
}

/** What `objective()` is given besides the params. */
export interface ObjectiveContext {
  readonly trial: number
  readonly epochs: number
  /** 32 bits that depend on (study seed, trial) alone. `Math.random` is seeded with them already. */
  readonly seed: number
  /** Tells the study of an intermediate value, counted from 1. On `stop`, return. */
  report(step: number, value: number): 'continue' | 'stop'
}

/** What a trial does. */
export type Work<P = Params> =
  | { readonly kind: 'model'; readonly model: (context: ModelContext<P>) => LayersModel | Promise<LayersModel> }
  | { readonly kind: 'train'; readonly train: (context: TrainContext<P>) => unknown }
  | {
      readonly kind: 'objective'
      readonly objective: (params: P, context: ObjectiveContext) => number | Promise<number>
    }

/** The part of a study that a worker needs: functions come from its module, data from shared memory. */
export interface Workload {
  readonly work: Work
  readonly training: TrainingOptions
  readonly preprocess?: Preprocessor
  /** What the last model built declared, where models declare the space themselves. */
  readonly declared?: () => Declared | undefined
  /** Absent for an objective function, which has no data. */
  readonly validation?: Splitter
}

/** What a worker is told besides. Plain data, with shared memory inside. */
export interface WorkerSettings {
  /** Root of all streams. */
  readonly seed: number
  readonly objective: Objective
  readonly dataset?: Dataset
  readonly engines: EngineChoice
}
