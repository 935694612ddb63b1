import * as core from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { NamedValues } from '../../../core/checkpoint.ts'

/** The weights of a model, copied out of the backend. */
export async function readWeights(model: LayersModel): Promise<NamedValues[]> {
  return Promise.all(model.getWeights().map((tensor, i) => readTensor(model.weights[i]?.name ?? String(i), tensor)))
}

export function writeWeights(model: LayersModel, weights: readonly NamedValues[]): void {
  core.tidy(() => model.setWeights(weights.map(toTensor)))
}

/**
 * The optimizer's slots and counters. Besides what `getWeights` gives, its own scalar variables (Adam's powers of beta)
 * are kept: recomputing them, as `setWeights` does, would change the last bits.
 */
export async function readOptimizer(optimizer: core.Optimizer): Promise<NamedValues[]> {
  const slots = await optimizer.getWeights()
  const named = await Promise.all(slots.map(({ name, tensor }) => readTensor(name, tensor)))
  const scalars = await Promise.all(
    ownVariables(optimizer).map(([name, variable]) => readTensor(`own:${name}`, variable)),
  )
  return [...named, ...scalars]
}

export async function writeOptimizer(optimizer: core.Optimizer, values: readonly NamedValues[]): Promise<void> {
  const isOwn = ({ name }: NamedValues) => name.startsWith('own:')
  const slots = values.filter((value) => !isOwn(value))
  const tensors = slots.map((slot) => ({ name: slot.name, tensor: toTensor(slot) }))
  await optimizer.setWeights(tensors)
  const own = new Map(ownVariables(optimizer))
  for (const value of values.filter(isOwn)) {
    const tensor = toTensor(value)
    own.get(value.name.slice('own:'.length))?.assign(tensor as never)
    tensor.dispose()
  }
}

function ownVariables(optimizer: core.Optimizer): [string, core.Variable][] {
  return Object.entries(optimizer).filter(
    (entry): entry is [string, core.Variable] => entry[1] instanceof core.Variable,
  )
}

async function readTensor(name: string, tensor: core.Tensor): Promise<NamedValues> {
  return { name, shape: tensor.shape, values: Float32Array.from(await tensor.data()) }
}

function toTensor({ name, shape, values }: NamedValues): core.Tensor {
  return core.tensor(values, [...shape], name === 'iter' ? 'int32' : 'float32')
}
