/** A named block of numbers of a model or an optimizer. */
export interface NamedValues {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/**
 * Everything that training of one fold needs to go on as if it had never stopped. Row order and dropout masks are
 * functions of (fold seed, epoch), so no generator state is among it.
 */
export interface Checkpoint {
  /** Epochs trained so far. */
  readonly epoch: number
  /** In the order of `model.getWeights()`. */
  readonly weights: readonly NamedValues[]
  /** Slots and step counter of the optimizer. */
  readonly optimizer: readonly NamedValues[]
  readonly stopping?: StoppingState
}

/** Where early stopping stands. */
export interface StoppingState {
  /** Counted from 1; 0 before the first epoch. */
  readonly bestEpoch: number
  readonly bestValue: number
  /** Weights of the best epoch, where they are to be put back. */
  readonly bestWeights?: readonly NamedValues[]
}
