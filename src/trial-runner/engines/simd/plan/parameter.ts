import type { LayerVariable } from '@tensorflow/tfjs-layers'
import type { Block } from './arena.ts'
import { roundUp } from './tensor.ts'

/** Where the numbers of a weight lie in the arena: number `index` (row-major, as tfjs has it) is at float `place(index)`. */
export interface WeightLayout {
  readonly name: string
  readonly floats: number
  place(index: number): number
  /** How many numbers from `index` on lie one after the other, within one line of the weight. Default 1. */
  run?(index: number): number
}

/** Panels of 8 columns, [width / 8][lanes][8], for a weight [inputs, width] that meets lines of `lanes` floats. */
export function panels(lanes: number, width: number): WeightLayout {
  return {
    name: `panels ${lanes}x${width}`,
    floats: lanes * roundUp(width, 8),
    place(index) {
      const k = Math.floor(index / width)
      const n = index - k * width
      return (n >> 3) * lanes * 8 + k * 8 + (n & 7)
    },
    run(index) {
      const n = index % width
      return Math.min(8 - (n & 7), width - n)
    },
  }
}

/** One column of `lanes` numbers, for a weight [inputs, 1] that meets lines of `lanes` floats. */
export function column(lanes: number): WeightLayout {
  return { name: `column ${lanes}x1`, floats: lanes, place: (index) => index, run: (index) => lanes - index }
}

/** One line after the other, [lines][width], each padded to a multiple of 8. Vectors are one line. */
export function lines(count: number, width: number): WeightLayout {
  const lanes = roundUp(width, 8)
  return {
    name: `lines ${count}x${width}`,
    floats: count * lanes,
    place(index) {
      const line = Math.floor(index / width)
      return line * lanes + index - line * width
    },
    run: (index) => width - (index % width),
  }
}

/** Penalty l1 * sum |w| + l2 * sum w^2 on a weight. */
export interface Penalty {
  readonly l1: number
  readonly l2: number
}

/** A weight of the model: once, however many layers and applications use it. */
export interface Parameter {
  readonly variable: LayerVariable
  readonly name: string
  readonly layout: WeightLayout
  readonly trainable: boolean
  readonly value: Block
  /** The optimizer's memory of this weight, laid out as the weight is. Empty where it is not trained. */
  readonly slots: readonly Block[]
  /** May be updated in the middle of the backward pass: nobody else uses it, and its gradient is needed for nothing else. */
  readonly fused: boolean
  readonly penalty: Penalty | undefined
  /** Applications of its layer. */
  readonly uses: number
  /** One for each use by a node of the graph; empty where `fused` or not trained. */
  readonly gradients: { readonly node: number; readonly block: Block }[]
}

/** Copies a weight from its row-major form into the arena. */
export function pack(layout: WeightLayout, values: ArrayLike<number>, floats: Float32Array, block: Block): void {
  eachRun(layout, values.length, block, (index, place, length) => {
    for (let i = 0; i < length; i++) floats[place + i] = values[index + i] as number
  })
}

/** Copies it back. */
export function unpack(layout: WeightLayout, floats: Float32Array, block: Block, count: number): Float32Array {
  const values = new Float32Array(count)
  eachRun(layout, count, block, (index, place, length) => {
    for (let i = 0; i < length; i++) values[index + i] = floats[place + i] as number
  })
  return values
}

function eachRun(
  layout: WeightLayout,
  count: number,
  block: Block,
  copy: (index: number, place: number, length: number) => void,
): void {
  const base = block.at >>> 2
  for (let index = 0; index < count; ) {
    const length = Math.min(layout.run?.(index) ?? 1, count - index)
    copy(index, base + layout.place(index), length)
    index += length
  }
}
