import type { Optimizer, Tensor, Variable } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { NamedValues } from '../../../core/checkpoint.ts'
import { kerasOptimizer } from '../keras/optimizer.ts'
import { core } from './tfjs.ts'

/** The weights of a model, copied out of the backend. */
export async function readWeights(model: LayersModel): Promise<NamedValues[]> {
  return Promise.all(model.getWeights().map((tensor, i) => readTensor(model.weights[i]?.name ?? String(i), tensor)))
}

export function writeWeights(model: LayersModel, weights: readonly NamedValues[]): void {
  core.tidy(() => {
    weights.forEach((values, i) => {
      // Not by `setWeights`, which would apply constraints once more.
      const variable = model.weights[i]?.read() as Variable | undefined
      variable?.assign(toTensor(values))
    })
  })
}

/** Where tfjs counts an optimizer's steps, and under which a checkpoint of this engine has them. */
export const ITERATIONS = 'iterations_'

/** How tfjs's optimizers hold the slots of one kind: an entry a weight, made at the first step. */
interface Slot {
  readonly originalName: string
  readonly variable: Variable
}

/**
 * The optimizer's slots and counters, found in its own fields: tfjs's `getWeights` is missing for Adamax, and its
 * `setWeights` recomputes Adam's powers of beta, which changes their last bits.
 */
export async function readOptimizer(optimizer: Optimizer): Promise<NamedValues[]> {
  const guided = kerasOptimizer(optimizer)
  if (guided) return readOptimizer(guided.rule)
  const iterations = { name: ITERATIONS, shape: [], values: Float32Array.of(optimizer.iterations) }
  const values: Promise<NamedValues>[] = [Promise.resolve(iterations)]
  for (const [field, value] of Object.entries(optimizer)) {
    if (value instanceof core.Variable) values.push(readTensor(field, value))
    else if (isSlots(value)) {
      value.forEach((slot, i) => {
        values.push(readTensor(`${field}/${i}/${slot.originalName}`, slot.variable))
      })
    }
  }
  return Promise.all(values)
}

export function writeOptimizer(optimizer: Optimizer, values: readonly NamedValues[]): void {
  const guided = kerasOptimizer(optimizer)
  if (guided) writeOptimizer(guided.rule, values)
  const fields = optimizer as unknown as Record<string, Variable | Slot[] | number>
  for (const value of values) {
    if (value.name === ITERATIONS) fields[ITERATIONS] = value.values[0] as number
    if (guided || value.name === ITERATIONS) continue
    const [field = '', index, ...originalName] = value.name.split('/')
    const tensor = toTensor(value)
    const target = fields[field]
    if (target instanceof core.Variable) target.assign(tensor as never)
    else if (Array.isArray(target)) {
      const variable = core.variable(tensor, false) as Variable
      target[Number(index)] = { originalName: originalName.join('/'), variable }
    }
    tensor.dispose()
  }
}

function isSlots(value: unknown): value is Slot[] {
  return Array.isArray(value) && value.every((item) => (item as Partial<Slot>)?.variable instanceof core.Variable)
}

async function readTensor(name: string, tensor: Tensor): Promise<NamedValues> {
  return { name, shape: tensor.shape, values: Float32Array.from(await tensor.data()) }
}

function toTensor({ shape, values }: NamedValues): Tensor {
  return core.tensor(values, [...shape])
}
