import type { LayerVariable } from '@tensorflow/tfjs-layers'
import type { Block } from './arena.ts'
import { roundUp } from './tensor.ts'

/**
 * Where the numbers of a weight lie in the arena. As tfjs has them, row-major, they are lines of `width` numbers; here a line
 * is cut into chunks of `chunk` numbers.
 */
export interface WeightLayout {
  readonly name: string
  readonly floats: number
  readonly width: number
  readonly chunk: number
  /** Floats from one line to the next, and from one chunk of a line to the next. */
  readonly fromLine: number
  readonly fromChunk: number
}

/** Panels of 8 columns, [width / 8][lanes][8], for a weight [inputs, width] that meets lines of `lanes` floats. */
export function panels(lanes: number, width: number): WeightLayout {
  const floats = lanes * roundUp(width, 8)
  return { name: `panels ${lanes}x${width}`, floats, width, chunk: 8, fromLine: 8, fromChunk: lanes * 8 }
}

/** One column of `lanes` numbers, for a weight [inputs, 1] that meets lines of `lanes` floats. */
export function column(lanes: number): WeightLayout {
  return { ...lines(1, lanes), name: `column ${lanes}x1` }
}

/** One line after the other, [lines][width], each padded to a multiple of 8. Vectors are one line. */
export function lines(count: number, width: number): WeightLayout {
  const lanes = roundUp(width, 8)
  return { name: `lines ${count}x${width}`, floats: count * lanes, width, chunk: width, fromLine: lanes, fromChunk: 0 }
}

/** At which float number `index` (row-major) lies. */
export function placeIn({ width, chunk, fromLine, fromChunk }: WeightLayout, index: number): number {
  const line = Math.floor(index / width)
  const column = index - line * width
  const chunks = Math.floor(column / chunk)
  return line * fromLine + chunks * fromChunk + column - chunks * chunk
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
export function pack(layout: WeightLayout, values: Float32Array, floats: Float32Array, block: Block): void {
  const { width, chunk, fromLine, fromChunk } = layout
  const count = values.length
  for (let index = 0, line = block.at >>> 2; index < count; line += fromLine) {
    const end = Math.min(index + width, count)
    for (let at = line; index < end; at += fromChunk) {
      const length = Math.min(chunk, end - index)
      for (let i = 0; i < length; i++, index++) floats[at + i] = values[index] as number
    }
  }
}

/** Copies it back. */
export function unpack(layout: WeightLayout, floats: Float32Array, block: Block, count: number): Float32Array {
  const { width, chunk, fromLine, fromChunk } = layout
  const values = new Float32Array(count)
  for (let index = 0, line = block.at >>> 2; index < count; line += fromLine) {
    const end = Math.min(index + width, count)
    for (let at = line; index < end; at += fromChunk) {
      const length = Math.min(chunk, end - index)
      for (let i = 0; i < length; i++, index++) values[index] = floats[at + i] as number
    }
  }
  return values
}
