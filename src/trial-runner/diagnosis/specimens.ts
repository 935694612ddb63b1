import { drawnImages } from '../../data/generators/drawn-images.ts'
import type { ModelContext, Workload } from '../workload.ts'

/** Pictures of 28 by 28, in 4 classes: one batch. */
export const specimenData = drawnImages({ rows: 32, size: 28 })

/** A small network of each common kind, by which engines are compared. */
export const specimens = ['mlp', 'cnn'] as const

const workload: Workload = { work: { kind: 'model', model }, training: { batchSize: 32 } }

/** What a process imports to measure them. */
export async function loadWorkload(): Promise<Workload> {
  return workload
}

/** 784-128-128-4, or two convolutions of 8 and 16 filters, pooled, and 32 units. */
function model({ tf, params, inputShape, outputs }: ModelContext) {
  const { dense, conv2d, maxPooling2d, flatten } = tf.layers
  const hidden =
    params.specimen === 'cnn'
      ? [
          conv2d({ filters: 8, kernelSize: 3, activation: 'relu', inputShape }),
          maxPooling2d({ poolSize: 2 }),
          conv2d({ filters: 16, kernelSize: 3, activation: 'relu' }),
          maxPooling2d({ poolSize: 2 }),
          flatten(),
          dense({ units: 32, activation: 'relu' }),
        ]
      : [flatten({ inputShape }), dense({ units: 128, activation: 'relu' }), dense({ units: 128, activation: 'relu' })]
  const net = tf.sequential({ layers: [...hidden, dense({ units: outputs, activation: 'softmax' })] })
  net.compile({ optimizer: tf.train.adam(1e-3), loss: 'sparseCategoricalCrossentropy' })
  return net
}
