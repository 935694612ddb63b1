import type { LayerDescription } from '../layer.ts'

type Pair = readonly [vertical: number, horizontal: number]

/** How a kernel or a pool moves over images; sequences are images of one row. All extents are in pixels. */
export interface Window {
  readonly height: number
  readonly width: number
  readonly size: Pair
  readonly strides: Pair
  readonly dilation: Pair
  readonly outHeight: number
  readonly outWidth: number
  /** Zeros around the image. */
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** One or two numbers of a layer's config; a single number of a layer on sequences is the horizontal one. */
function pairIn({ config, inputShapes }: LayerDescription, key: string, fallback = 1): Pair {
  const value = config[key]
  const flat = inputShapes[0]?.length === 2
  const [a = fallback, b] = Array.isArray(value) ? (value as number[]) : typeof value === 'number' ? [value] : []
  return flat ? [1, a] : [a, b ?? a]
}

/** Height and width of an image or a sequence of a given shape. */
function extentOf(shape: readonly number[]): Pair {
  return shape.length === 2 ? [1, shape[0] ?? 1] : [shape[0] ?? 1, shape[1] ?? 1]
}

/** The window of a layer that goes from `image` to `out`. `sizeKey`: where its config has the window's size. */
export function windowOf(
  layer: LayerDescription,
  sizeKey: string,
  image = layer.inputShapes[0] ?? [],
  out = layer.outputShapes[0] ?? [],
): Window {
  const [height, width] = extentOf(image)
  const [outHeight, outWidth] = extentOf(out)
  const [size, strides, dilation] = [pairIn(layer, sizeKey), pairIn(layer, 'strides'), pairIn(layer, 'dilationRate')]
  const same = layer.config.padding === 'same'
  const missing = (k: 0 | 1, there: number, wanted: number) =>
    same ? Math.max(0, (wanted - 1) * strides[k] + (size[k] - 1) * dilation[k] + 1 - there) : 0
  const [rows, columns] = [missing(0, height, outHeight), missing(1, width, outWidth)]
  const [top, left] = [rows >> 1, columns >> 1]
  const borders = { top, bottom: rows - top, left, right: columns - left }
  return { height, width, size, strides, dilation, outHeight, outWidth, ...borders }
}

/** Height and width with the zeros around. */
export function paddedExtent({ height, width, top, bottom, left, right }: Window): Pair {
  return [height + top + bottom, width + left + right]
}

export function hasBorders({ top, bottom, left, right }: Window): boolean {
  return top + bottom + left + right > 0
}

/** What kernels of assembly/convolution.ts are told of a window over padded images with lines of `lanes` floats. */
export type Steps = readonly [
  height: number,
  width: number,
  imageStep: number,
  rowStep: number,
  step: number,
  kernelRows: number,
  rowTap: number,
  taps: number,
  tap: number,
  length: number,
]

/** `joined`: where the pixels of a kernel row lie together, they are one piece. */
export function stepsOver(window: Window, lanes: number, length: number, joined: boolean): Steps {
  const { size, strides, dilation, outHeight, outWidth } = window
  const [height, width] = paddedExtent(window)
  const row = width * lanes
  const head = [outHeight, outWidth, height * row, strides[0] * row, strides[1] * lanes, size[0], dilation[0] * row]
  const together = joined && lanes === length && dilation[1] === 1
  const taps = together ? [1, size[1] * length, size[1] * length] : [size[1], dilation[1] * lanes, length]
  return [...head, ...taps] as unknown as Steps
}

/** Fewer pixels than this are not worth a pass of their own. */
const FEW = 64

/** How many images a pass over a batch takes together, so that what it makes of them stays in the cache: a divisor of 4. */
export function groupOf({ outHeight, outWidth }: Window): 1 | 4 {
  return outHeight * outWidth < FEW ? 4 : 1
}

/** The same where kernels want a multiple of 4 pixels. */
export function streamGroupOf(window: Window): 1 | 4 {
  return (window.outHeight * window.outWidth) % 4 === 0 ? groupOf(window) : 4
}

/** A part of such a pass: works on `images` images, the first of which is number `from` of the batch. */
export type Work = (from: number, images: number) => void
