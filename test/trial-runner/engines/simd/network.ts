import { type SGDOptimizer, train } from '@tensorflow/tfjs-core'
import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers'
import type { AgreementCase } from './agreement.ts'

type Layer = layers.Layer

/** A case of layers on inputs of one shape, then flatten and dense; trained with mean squared error. */
export function network(
  name: string,
  shape: number[],
  build: (inputShape: number[]) => Layer[],
  reference?: (inputShape: number[]) => Layer[],
): AgreementCase {
  const compiled = (own: Layer[]): Sequential => {
    const net = sequential({ layers: own })
    if (own.at(-1)?.outputShape.length !== 2) net.add(layers.flatten())
    net.add(layers.dense({ units: 3 }))
    const optimizer: SGDOptimizer = train.sgd(0.02)
    net.compile({ loss: 'meanSquaredError', optimizer })
    return net
  }
  return {
    name,
    inputs: [shape],
    targets: [[3]],
    build: () => compiled(build(shape)),
    ...(reference && { reference: () => compiled(reference(shape)) }),
  }
}
