import { arrays, type Dataset } from 'tfjs-tuner'
import { xorshift } from './xorshift.ts'

const CLASSES = 10

/** Rows of bytes in ten classes, told apart by which tenth of a row is brighter than the noise around it. */
export function patternImages(rows: number, shape: readonly number[]): Dataset {
  const random = xorshift(1)
  const size = shape.reduce((product, extent) => product * extent, 1)
  const data = new Uint8Array(rows * size)
  for (let row = 0; row < rows; row++) {
    const from = ((row % CLASSES) * size) / CLASSES
    for (let pixel = 0; pixel < size; pixel++) {
      const bright = pixel >= from && pixel < from + size / CLASSES
      data[row * size + pixel] = Math.floor(128 * random()) + (bright ? 127 : 0)
    }
  }
  return arrays({
    inputs: { data, shape, scale: 1 / 255 },
    targets: Array.from({ length: rows }, (_, row) => row % CLASSES),
    classes: Array.from({ length: CLASSES }, (_, label) => `pattern ${label}`),
  })
}
