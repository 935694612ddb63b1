import * as losses from './losses.ts'
import * as metrics from './metrics.ts'
import * as optimizers from './optimizers.ts'

/**
 * What Keras has and tfjs lacks, by the names of Keras: losses, metrics and optimizers for `model.compile`, which both
 * engines train with.
 */
export const keras = { losses, metrics, optimizers } as const

export type Keras = typeof keras
