import type { Kernels } from '../kernels/signatures.ts'
import type { Block } from '../plan/arena.ts'
import { floatsOf, type Tensor } from '../plan/tensor.ts'
import type { LayerDescription, LayerKind, Site } from './layer.ts'

type Join = (x: number, y: number, z: number, count: number) => void

/** Inputs and output of a layer that joins tensors of one shape. */
interface Joined {
  readonly site: Site
  readonly kernels: Kernels
  readonly inputs: readonly Tensor[]
  readonly y: Tensor
  /** Floats of a row. */
  readonly floats: number
}

function sameShapes({ inputShapes, outputShapes }: LayerDescription): true | string {
  const wanted = String(outputShapes[0])
  return inputShapes.every((shape) => String(shape) === wanted)
    ? true
    : `shapes to broadcast: ${inputShapes.join(' and ')}`
}

/** A layer that joins its inputs two by two, from the first to the last. */
function merge(
  className: string,
  kernel: (kernels: Kernels) => Join,
  sign: string,
  backward: (joined: Joined, d: Block) => void,
  finish?: (joined: Joined) => void,
): LayerKind {
  return {
    className,
    supports: sameShapes,
    plan(site) {
      const { kernels } = site
      const inputs = site.inputShapes.map((_, i) => site.lanedInput(i))
      const y = site.output()
      const joined: Joined = { site, kernels, inputs, y, floats: floatsOf(y) }
      const join = kernel(kernels)
      const [first, ...others] = inputs
      for (const [i, other] of others.entries()) {
        const left = i === 0 ? (first as Tensor) : y
        site.forward(`y = ${i === 0 ? 'x' : 'y'} ${sign} x${i + 1}`, ({ padded }) =>
          join(left.value.at, other.value.at, y.value.at, padded * joined.floats),
        )
      }
      finish?.(joined)
      if (y.gradient) backward(joined, y.gradient)
    },
  }
}

/** Every input gets the gradient, times `factor`. */
function spread({ site, kernels, inputs, floats }: Joined, d: Block, factor: number): void {
  for (const i of inputs.keys()) {
    const g = site.inputGradient(i)
    if (g) site.backward(`x${i}.g = d`, ({ padded }) => kernels.scaleTensor(d.at, g.at, factor, padded * floats))
  }
}

/** Where inputs are equally extreme, the first one gets the gradient. */
function claim({ site, kernels, inputs, y, floats }: Joined, d: Block): void {
  for (const [i, x] of inputs.entries()) {
    const g = site.inputGradient(i) ?? site.scratch(`x${i}.g, unused`, site.capacity * floats)
    site.backward(`x${i}.g = d where x${i} is y`, ({ padded }) =>
      kernels.claimGradient(x.value.at, y.value.at, d.at, g.at, padded * floats),
    )
  }
}

export const add = merge(
  'Add',
  (k) => k.addTensors,
  '+',
  (joined, d) => spread(joined, d, 1),
)

export const average = merge(
  'Average',
  (k) => k.addTensors,
  '+',
  (joined, d) => spread(joined, d, 1 / joined.inputs.length),
  ({ site, kernels, inputs, y, floats }) =>
    site.forward(`y = y / ${inputs.length}`, ({ padded }) =>
      kernels.scaleTensor(y.value.at, y.value.at, 1 / inputs.length, padded * floats),
    ),
)

export const multiply = merge(
  'Multiply',
  (k) => k.multiplyTensors,
  '·',
  ({ site, kernels, inputs, floats }, d) => {
    for (const i of inputs.keys()) {
      const g = site.inputGradient(i)
      if (g === undefined) continue
      const others = inputs.filter((_, k) => k !== i)
      site.backward(`x${i}.g = d · all others`, ({ padded }) => {
        for (const [k, other] of others.entries()) {
          kernels.multiplyTensors((k === 0 ? d : g).at, other.value.at, g.at, padded * floats)
        }
      })
    }
  },
)

export const maximum = merge('Maximum', (k) => k.maximumTensors, 'max', claim)
export const minimum = merge('Minimum', (k) => k.minimumTensors, 'min', claim)
