import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Checkpoint } from '../../core/checkpoint.ts'
import type { Metrics } from '../../core/trial.ts'
import type { FoldData } from '../../training/fold-data.ts'
import type { EarlyStopping } from '../../training/options.ts'

/** One (trial, fold) for an engine: a compiled model with its initial weights, and how to train it. */
export interface TrainingJob {
  readonly model: LayersModel
  /** Epochs already trained (0: none; more needs `checkpoint`), and the epoch up to which to train. */
  readonly epochs: { readonly from: number; readonly to: number }
  readonly batchSize: number
  readonly shuffle: boolean
  /** `monitor` is resolved: a metric by Keras's name, with the direction that is better. */
  readonly earlyStopping?: EarlyStopping & { readonly monitor: string; readonly direction: 'minimize' | 'maximize' }
  /** Path of the fold's random stream (`new RandomStream(path)`): order and dropout are drawn from its splits. */
  readonly stream: string
  readonly checkpoint?: Checkpoint
  /** Whether the result must carry a checkpoint. */
  readonly keepCheckpoint: boolean
}

export interface TrainingHooks {
  /**
   * Called after each epoch (counted from 1) with its metrics by Keras's names, validation ones with `val_`. Synchronous:
   * on `stop` not one more step is trained.
   */
  onEpoch(epoch: number, metrics: Metrics): 'continue' | 'stop'
}

/**
 * - `complete`: all epochs, or early stopping;
 * - `pruned`: a hook said stop;
 * - `diverged`: the loss became NaN or infinite; the epoch in which it did is reported like any other.
 */
export type TrainingEnd = 'complete' | 'pruned' | 'diverged'

export interface TrainingResult {
  readonly end: TrainingEnd
  /** Epochs trained in all, those before a continuation included. */
  readonly epochs: number
  readonly checkpoint?: Checkpoint
}

/**
 * Trains compiled models. When `train` returns, the weights are in the LayersModel again: saving and predicting do not
 * know which engine trained. Same job, same data: same numbers, bit for bit.
 */
export interface Engine {
  readonly name: string
  /** `wasm`, `cpu`, `tfjs-node`, ...; for the simd engine its arithmetic. */
  readonly backend: string
  /** True, or the piece of the model that it cannot train, and why. */
  supports(model: LayersModel, data: FoldData): true | string
  /** Whether it wrote the checkpoint: a training goes on with the engine that it began with, to the same bits. */
  wrote(checkpoint: Checkpoint): boolean
  /** Throws `engine/unsupported` for a model that it does not support, and for a checkpoint that it did not write. */
  train(job: TrainingJob, data: FoldData, hooks: TrainingHooks): Promise<TrainingResult>
}
