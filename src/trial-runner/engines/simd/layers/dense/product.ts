import type { Block } from '../../plan/arena.ts'
import type { Tensor } from '../../plan/tensor.ts'
import type { Site, WeightUse } from '../layer.ts'

/** What a product of a batch and a kernel, z = x · kernel + bias, is planned from. */
export interface Product {
  readonly site: Site
  readonly y: Tensor
  /** Where the product goes: laid out as `y`, and mostly the memory of `y`. */
  readonly z: Block
  readonly bias: WeightUse | undefined
  /** 1: z = max(0, x · kernel + bias). */
  readonly relu: 0 | 1
}

/** Plans the backward steps of a product, given the gradient by z. */
export type Learn = (d: Block) => void
