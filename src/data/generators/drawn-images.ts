import { RandomStream } from '../../core/random.ts'
import { type Dataset, sharedFloats } from '../dataset.ts'
import { requireWhole } from './options.ts'

export interface DrawnImagesOptions {
  /** Default 400. */
  readonly rows?: number
  /** Pixels on each side, at least 8. Default 16. */
  readonly size?: number
  /** Standard deviation added to each pixel, of 255. Default 20. */
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
 * Grey images of shape [size, size, 1], each with a filled circle, cross or square or three stripes, of random place,
 * size and brightness on a dark ground. Bytes with the scale 1/255. The classes take turns from row to row.
 */
export function drawnImages({ rows = 400, size = 16, noise = 20, seed = 0 }: DrawnImagesOptions = {}): Dataset {
  const figures = Object.entries(FIGURES)
  requireWhole('drawnImages', 'rows', rows, figures.length)
  requireWhole('drawnImages', 'size', size, 8)
  const random = new RandomStream(seed).split('drawn-images')
  const pixels = new Uint8Array(new SharedArrayBuffer(rows * size * size))
  const labels = sharedFloats(rows)
  for (let row = 0; row < rows; row++) {
    const label = row % figures.length
    const figure = figures[label]?.[1]
    labels[row] = label
    const radius = size * (0.2 + 0.2 * random.next())
    const left = radius + (size - 2 * radius) * random.next()
    const top = radius + (size - 2 * radius) * random.next()
    const ink = 128 + 100 * random.next()
    for (let pixel = 0; pixel < size * size; pixel++) {
      const x = ((pixel % size) + 0.5 - left) / radius
      const y = (Math.floor(pixel / size) + 0.5 - top) / radius
      const grey = (figure?.(x, y) === true ? ink : 30) + noise * random.normal()
      pixels[row * size * size + pixel] = Math.min(255, Math.max(0, Math.round(grey)))
    }
  }
  return {
    rows,
    inputs: [{ kind: 'dense', data: pixels, shape: [size, size, 1], scale: 1 / 255 }],
    targets: [{ kind: 'dense', data: labels, shape: [1] }],
    task: { kind: 'classification', classes: figures.map(([name]) => name) },
  }
}
