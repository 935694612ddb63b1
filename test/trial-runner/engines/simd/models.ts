import { type Optimizer, train } from '@tensorflow/tfjs-core'
import {
  input,
  type LayersModel,
  layers,
  type ModelCompileArgs,
  model,
  type SymbolicTensor,
  sequential,
} from '@tensorflow/tfjs-layers'
import type { AgreementCase } from './agreement.ts'

type Layer = layers.Layer

export function compiled(
  net: LayersModel,
  loss: ModelCompileArgs['loss'],
  optimizer: string | Optimizer = train.sgd(0.1),
  metrics: ModelCompileArgs['metrics'] = [],
): LayersModel {
  net.compile({ loss, optimizer, metrics })
  return net
}

export const dense = (units: number, options: object = {}) => layers.dense({ units, ...options })

/** A model of one input and one output that is trained with mean squared error. */
export function stack(name: string, shape: number[], out: number[], build: () => Layer[]): AgreementCase {
  return {
    name,
    inputs: [shape],
    targets: [out],
    build: () => compiled(sequential({ layers: build() }), 'meanSquaredError'),
  }
}

/** A model of several inputs, each behind `between`, which `join` makes one that three numbers are computed from. */
export function joined(
  name: string,
  shapes: readonly number[][],
  out: number[],
  join: () => Layer,
  between: () => Layer = () => dense(5, { activation: 'tanh' }),
): AgreementCase {
  return {
    name,
    inputs: shapes,
    targets: [out],
    build() {
      const inputs = shapes.map((shape) => input({ shape }))
      const branches = inputs.map((tensor) => between().apply(tensor) as SymbolicTensor)
      const together = join().apply(branches) as SymbolicTensor
      const outputs = dense(out.at(-1) ?? 1).apply(together) as SymbolicTensor
      return compiled(model({ inputs, outputs }), 'meanSquaredError')
    },
  }
}
