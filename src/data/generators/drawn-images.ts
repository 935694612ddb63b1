import { RandomStream } from '../../core/random.ts'
import { type Dataset, sharedFloats } from '../dataset.ts'
import { requireWhole } from './options.ts'

export interface DrawnImagesOptions {
  /** Default 400. */
  readonly rows?: number
  /** Pixels on each side, at least 8. Default 16. */
  readonly size?: number
  /** 1 is grey; with 3 each figure and its ground have a colour of their own. Default 1. */
  readonly channels?: 1 | 3
  /** Standard deviation added to each number of a pixel, of 255. Default 20. */
  readonly noise?: number
  /** Default 0. */
  readonly seed?: number
}

/** Where a pixel lies from the middle of the figure, in units of its radius. */
type Figure = (x: number, y: number) => boolean

const FIGURES: Readonly<Record<string, Figure>> = {
  circle: (x, y) => Math.hypot(x, y) <= 1,
  cross: (x, y) => Math.min(Math.abs(x), Math.abs(y)) <= 0.3 && Math.max(Math.abs(x), Math.abs(y)) <= 1,
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) <= 0.9,
  stripes: (x, y) => Math.max(Math.abs(x), Math.abs(y)) <= 1 && Math.floor((y + 1) * 2.5) % 2 === 0,
}

/**
 * Images of shape [size, size, channels], each with a filled circle, cross or square or three stripes, of random place,
 * size and brightness on a dark ground. Bytes with the scale 1/255. The classes take turns from row to row.
 */
export function drawnImages(options: DrawnImagesOptions = {}): Dataset {
  const { rows = 400, size = 16, channels = 1, noise = 20, seed = 0 } = options
  const figures = Object.entries(FIGURES)
  requireWhole('drawnImages', 'rows', rows, figures.length)
  requireWhole('drawnImages', 'size', size, 8)
  const random = new RandomStream(seed).split('drawn-images')
  const pixels = new Uint8Array(new SharedArrayBuffer(rows * size * size * channels))
  const labels = sharedFloats(rows)
  let at = 0
  for (let row = 0; row < rows; row++) {
    const label = row % figures.length
    const figure = figures[label]?.[1]
    labels[row] = label
    const radius = size * (0.2 + 0.2 * random.next())
    const left = radius + (size - 2 * radius) * random.next()
    const top = radius + (size - 2 * radius) * random.next()
    const inks = Array.from({ length: channels }, () => 128 + 100 * random.next())
    const grounds = inks.map(() => (channels === 1 ? 30 : 20 + 80 * random.next()))
    for (let pixel = 0; pixel < size * size; pixel++) {
      const x = ((pixel % size) + 0.5 - left) / radius
      const y = (Math.floor(pixel / size) + 0.5 - top) / radius
      const shade = figure?.(x, y) === true ? inks : grounds
      for (let channel = 0; channel < channels; channel++) {
        const value = (shade[channel] ?? 0) + noise * random.normal()
        pixels[at++] = Math.min(255, Math.max(0, Math.round(value)))
      }
    }
  }
  return {
    rows,
    inputs: [{ kind: 'dense', data: pixels, shape: [size, size, channels], scale: 1 / 255 }],
    targets: [{ kind: 'dense', data: labels, shape: [1] }],
    task: { kind: 'classification', classes: figures.map(([name]) => name) },
  }
}
