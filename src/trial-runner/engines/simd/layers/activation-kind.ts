import type { Kernels } from '../kernels/signatures.ts'
import type { Block } from '../plan/arena.ts'
import { floatsOf, type Tensor } from '../plan/tensor.ts'
import type { Site, Slope } from './layer.ts'

type Forward = (x: number, y: number, rows: number, width: number, lanes: number) => void
type Gradient = (saved: number, d: number, g: number, count: number) => void
type LineGradient = (y: number, d: number, g: number, rows: number, width: number, lanes: number) => void

/** An activation: its kernels, and whether its gradient is computed from the output or from the input. */
export interface ActivationKind {
  readonly saves: 'output' | 'input'
  forward(kernels: Kernels): Forward
  /** Number by number, or line by line (softmax). */
  gradient?(kernels: Kernels): Gradient
  lineGradient?(kernels: Kernels): LineGradient
}

const kinds: Readonly<Record<string, ActivationKind>> = {
  relu: { saves: 'output', forward: (k) => k.relu, gradient: (k) => k.reluGradient },
  relu6: { saves: 'output', forward: (k) => k.relu6, gradient: (k) => k.relu6Gradient },
  sigmoid: { saves: 'output', forward: (k) => k.sigmoid, gradient: (k) => k.sigmoidGradient },
  hardSigmoid: { saves: 'output', forward: (k) => k.hardSigmoid, gradient: (k) => k.hardSigmoidGradient },
  softplus: { saves: 'output', forward: (k) => k.softplus, gradient: (k) => k.softplusGradient },
  softsign: { saves: 'output', forward: (k) => k.softsign, gradient: (k) => k.softsignGradient },
  tanh: { saves: 'output', forward: (k) => k.tanh, gradient: (k) => k.tanhGradient },
  elu: { saves: 'output', forward: (k) => k.elu, gradient: (k) => k.eluGradient },
  selu: { saves: 'output', forward: (k) => k.selu, gradient: (k) => k.seluGradient },
  gelu: { saves: 'input', forward: (k) => k.gelu, gradient: (k) => k.geluGradient },
  gelu_new: { saves: 'input', forward: (k) => k.geluNew, gradient: (k) => k.geluNewGradient },
  mish: { saves: 'input', forward: (k) => k.mish, gradient: (k) => k.mishGradient },
  swish: { saves: 'input', forward: (k) => k.swish, gradient: (k) => k.swishGradient },
  softmax: { saves: 'output', forward: (k) => k.softmax, lineGradient: (k) => k.softmaxGradient },
  logSoftmax: { saves: 'output', forward: (k) => k.logSoftmax, lineGradient: (k) => k.logSoftmaxGradient },
}

/** True for an activation that is trained here, `linear` included. */
export function hasActivation(name: unknown): boolean {
  return name === 'linear' || name === undefined || (typeof name === 'string' && Object.hasOwn(kinds, name))
}

/** The activation of that name; undefined for `linear`, where nothing is to do. */
export function activationKind(name: unknown): ActivationKind | undefined {
  return typeof name === 'string' && Object.hasOwn(kinds, name) ? kinds[name] : undefined
}

/** A step y = f(x) for tensors of equal layout; may work in place. */
export function activate(site: Site, name: string, x: Block, y: Tensor): void {
  const forward = activationKind(name)?.forward(site.kernels)
  if (forward === undefined) return
  site.forward(`y = ${name}(x)`, ({ padded }) => forward(x.at, y.value.at, padded * y.lines, y.width, y.lanes))
}

/**
 * A step g = d * f'. `saved` holds the activation's output or input, as its kind says; may work in place. Left out where
 * `unless` is taken.
 */
export function activateGradient(
  site: Site,
  name: string,
  saved: Block,
  d: Block,
  g: Block,
  layout: Tensor,
  unless?: Slope,
): void {
  const kind = activationKind(name)
  const gradient = kind?.gradient?.(site.kernels)
  const lineGradient = kind?.lineGradient?.(site.kernels)
  const floats = floatsOf(layout)
  if (gradient) {
    site.backward(`g = d · ${name}'`, ({ padded }) => gradient(saved.at, d.at, g.at, padded * floats), unless)
  }
  if (lineGradient) {
    site.backward(`g = d · ${name}'`, ({ padded }) =>
      lineGradient(saved.at, d.at, g.at, padded * layout.lines, layout.width, layout.lanes),
    )
  }
}
