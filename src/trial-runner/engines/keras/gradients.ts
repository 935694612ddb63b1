import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core'

export interface NamedGradient {
  name: string
  tensor: Tensor
}

/** Gradients by the names of their weights: tfjs gives an optimizer one or the other. */
export type Gradients = NamedTensorMap | NamedGradient[]

export function named(gradients: Gradients): NamedGradient[] {
  if (Array.isArray(gradients)) return gradients
  return Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }))
}
