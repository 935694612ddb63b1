import {
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  huber,
  sparseCategoricalCrossentropy,
} from './losses.ts'
import { auc, f1, precision, recall, topKCategoricalAccuracy } from './metrics.ts'
import { adadelta, adagrad, adam, adamax, adamW, nadam, rmsprop, sgd } from './optimizers.ts'

/**
 * What Keras has and tfjs lacks, by the names of Keras: losses, metrics and optimizers for `model.compile`, which both
 * engines train with.
 */
export const keras = {
  losses: {
    binaryCrossentropy,
    binaryFocalCrossentropy,
    categoricalCrossentropy,
    huber,
    sparseCategoricalCrossentropy,
  },
  metrics: { auc, f1, precision, recall, topKCategoricalAccuracy },
  optimizers: { adadelta, adagrad, adam, adamax, adamW, nadam, rmsprop, sgd },
} as const

export type Keras = typeof keras
