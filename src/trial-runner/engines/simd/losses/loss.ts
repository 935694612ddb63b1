import type { Kernels } from '../kernels/signatures.ts'

/**
 * Sum of the losses of `rows` lines of predictions `p` against targets `t`; where `g` is not 0, also the gradient of
 * their mean. See assembly/losses.ts.
 */
export type LossKernel = (
  p: number,
  t: number,
  g: number,
  rows: number,
  padded: number,
  width: number,
  lanes: number,
) => number

/** How a loss is added: its kernel in assembly/losses.ts, a line in registry.ts, a line in the agreement test. */
export interface Loss {
  /** tfjs's name. */
  readonly name: string
  /** What its kernel wants as targets: numbers like the predictions, or one class number for each line. */
  readonly targets: 'like predictions' | 'class number'
  kernel(kernels: Kernels): LossKernel
}
