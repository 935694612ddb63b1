import type { Block } from '../../plan/arena.ts'
import type { Slope } from '../layer.ts'

/** The relu that a convolution ends with. */
export interface Rectified {
  readonly y: Block
  readonly slope: Slope
}

/** How a convolution is computed, z = x * kernel + bias: both plan steps. */
export interface Product {
  /** Of the forward pass. `relu` 1: z = max(0, ...). */
  forward(z: Block, relu: 0 | 1): void
  /**
   * Of the gradients of the kernel, of the bias and, where `g` is given, of x. d is the gradient by z; where `rectified` is
   * given, y = relu(z) and d is that by y, with the slope where somebody took it.
   */
  backward(d: Block, rectified: Rectified | undefined, g: Block | undefined): void
}
