import type { Kernels } from '../kernels/signatures.ts'
import type { Block } from '../plan/arena.ts'
import type { Penalty, WeightLayout } from '../plan/parameter.ts'
import type { Batch } from '../plan/step.ts'
import type { Tensor } from '../plan/tensor.ts'

/**
 * How a layer is added: a file here that exports a {@link LayerKind}, a line in registry.ts, kernels in assembly/ if it
 * needs new ones, and a line in the agreement test. tfjs has already checked and inferred shapes.
 *
 * ```ts
 * export const dropout: LayerKind = {
 *   className: 'Dropout',
 *   plan(site) {
 *     const x = site.input()
 *     const y = site.output()
 *     site.forward('y = dropout(x)', ({ padded }) => site.kernels.something(x.value.at, y.value.at, padded * ...))
 *     const g = site.inputGradient()
 *     const d = y.gradient
 *     if (d && g) site.backward('g = ...', ({ padded }) => site.kernels.somethingGradient(d.at, g.at, ...))
 *   },
 * }
 * ```
 * `plan` is called once for each application of the layer (a shared layer has several), in forward order. It asks the site
 * for tensors, weights and memory and gives it steps; it computes nothing. Offsets (`block.at`) are known only when steps
 * run. What the planner does, so that no layer has to: order, lifetimes of memory, sums where several layers use a tensor
 * or a weight, penalties, updates of weights. Rules: plan/tensor.ts says how tensors lie; backward steps *overwrite* their
 * destinations, and may use `y.gradient` as scratch, since nothing reads it later.
 */
export interface LayerKind {
  /** tfjs's name of the class: `layer.getClassName()`. */
  readonly className: string
  /** True, or what about this layer cannot be trained here. Default: true. */
  supports?(layer: LayerDescription): true | string
  /** Whether its input may be sparse rows: then `site.input().sparse` holds them. */
  readonly takesSparse?: boolean
  plan(site: Site): void
}

/** A layer as tfjs describes it. Shapes are those of one row, without the batch. */
export interface LayerDescription {
  readonly name: string
  readonly className: string
  /** `layer.getConfig()`: plain values. */
  readonly config: LayerConfig
  readonly inputShapes: readonly (readonly number[])[]
  readonly outputShapes: readonly (readonly number[])[]
  /** Of its weights, as `layer.getWeights()` counts them: configs do not tell everything. */
  readonly weightShapes: readonly (readonly number[])[]
}

export type LayerConfig = Readonly<Record<string, unknown>>

type Run = (batch: Batch) => void

/** One application of a layer in a plan that is being made. */
export interface Site extends LayerDescription {
  readonly kernels: Kernels
  /** Number of this application in the plan: the `layer` that random masks depend on. */
  readonly index: number
  /** 32 bits of the fold's dropout stream, for {@link maskKey}. Known when steps run. */
  readonly seed: { readonly value: number }
  /** The rule by which weights learn, as assembly/optimizers.ts numbers it. */
  readonly rule: number

  /** Tensor number `i` that flows in. */
  input(i?: number): Tensor
  /** The same with lanes in multiples of 8: itself, or a copy that steps of the planner keep up, forward and backward. */
  lanedInput(i?: number): Tensor
  /** Makes the tensor that flows out, in memory of its own; with the lanes of `like`, for work on numbers one by one. */
  output(like?: Tensor): Tensor
  /** Tells that what flows out is the input under another shape: the same numbers, copied only where padding differs. */
  passThrough(): void
  /** Where the gradient by input `i` goes, laid out as that was asked for; undefined where nobody below learns. */
  inputGradient(i?: number): Block | undefined

  /**
   * Says that what flows out is the result of a relu, whose slope the gradient has not got yet. If, once all is planned,
   * `taken` is true, the gradient that comes back has it.
   */
  offerSlope(): Slope
  /** Takes over to put such a slope into the gradient by input `i`. False where none is offered, or others use it too. */
  takeSlope(i?: number): boolean

  /**
   * Offers to make what flows out a few rows at a time, `rows` at most, and to use its gradient so. Where a consumer took the
   * offer, tensor and gradient hold only the rows that are streaming, always at their beginning: steps of both passes go
   * through the batch and call the consumer for all the rows, in order.
   */
  offerStream(rows: number): Stream
  /** Takes such an offer of what flows in. False where there is none, or others use it too. Before all else. */
  takeStream(consumer: StreamConsumer): boolean

  /** Weight number `i` of the layer (as `layer.getWeights()` counts), lying as `layout` says. */
  weight(i: number, layout: WeightLayout, options?: WeightOptions): WeightUse

  /** Memory from the forward step to the backward step of this application. */
  kept(name: string, floats: number): Block
  /** Memory during the forward step only. */
  passing(name: string, floats: number): Block
  /** Memory during the backward step only. */
  scratch(name: string, floats: number): Block
  /** Rows of a full batch, padded: what memory for tensors is made for. */
  readonly capacity: number

  /** A step of training and of evaluation. */
  forward(text: string, run: Run): void
  /** A step of training alone, or of evaluation alone (dropout, batch normalization). */
  training(text: string, run: Run): void
  evaluation(text: string, run: Run): void
  /** A step of the backward pass; several run in the order given. Left out where a slope that stands for it is taken. */
  backward(text: string, run: Run, unless?: Slope): void
}

/** The slope of a relu: 1 where its result is above 0, otherwise 0. */
export interface Slope {
  readonly taken: boolean
}

/** A tensor that is made a few rows at a time, for the only layer that uses it. */
export interface Stream {
  /** Who took it, once all is planned; undefined: the tensor is made as a whole. */
  readonly consumer: StreamConsumer | undefined
}

/** Rows `from` to `from` + `rows` of the batch have streamed in; their gradient is wanted. */
export interface StreamConsumer {
  forward(from: number, rows: number): void
  backward(from: number, rows: number): void
}

export interface WeightOptions {
  readonly penalty?: Penalty | undefined
  /** The layer has a kernel that updates the weight without storing its gradient. Default false: always `stored`. */
  readonly canFuse?: boolean
}

/** A weight as one application of a layer uses it. */
export interface WeightUse {
  readonly value: Block
  /**
   * - `frozen`: nothing to do;
   * - `fused`: the layer updates it in its backward steps, with `rule` and `slots`, once it has used the old value for
   *   the last time;
   * - `stored`: the layer writes its gradient to `gradient`; the planner does the rest.
   */
  readonly learning:
    | { readonly kind: 'frozen' }
    | { readonly kind: 'fused'; readonly slots: readonly [Block, Block, Block] }
    | { readonly kind: 'stored'; readonly gradient: Block }
}
