import type { Tensor } from '@tensorflow/tfjs-core'
import { core } from '../tfjs/tfjs.ts'
import type { NamedGradient } from './gradients.ts'

/** How gradients are kept small: each number, the norm of each weight's gradient, or the norm of all of them together. */
export interface Clipping {
  readonly by: 'value' | 'norm' | 'globalNorm'
  readonly limit: number
}

/** Gradients within the limit. To be called inside a tidy. */
export function clipped(gradients: readonly NamedGradient[], { by, limit }: Clipping): NamedGradient[] {
  const squares = (tensor: Tensor) => core.sum(core.square(tensor))
  const within = (tensor: Tensor, squared: Tensor) =>
    core.mul(tensor, core.div(limit, core.maximum(core.sqrt(squared), limit)))
  // tfjs has no gradient for a weight that the loss does not depend on.
  const present = gradients.filter(({ tensor }) => tensor !== null && tensor !== undefined)
  const all = by === 'globalNorm' ? core.addN(present.map(({ tensor }) => squares(tensor))) : undefined
  return gradients.map((gradient) => {
    const { name, tensor } = gradient
    if (!present.includes(gradient)) return gradient
    if (by === 'value') return { name, tensor: core.clipByValue(tensor, -limit, limit) }
    return { name, tensor: within(tensor, all ?? squares(tensor)) }
  })
}
