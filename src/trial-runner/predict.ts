import type { Tensor } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Dataset } from '../data/dataset.ts'
import { Feed } from './engines/tfjs/feed.ts'

/** Rows predicted at once. */
const BATCH = 1024

/** What a model puts out for each row of a dataset: the numbers of all its outputs, one after the other. */
export async function predict(model: LayersModel, dataset: Dataset): Promise<number[][]> {
  const order = Int32Array.from({ length: dataset.rows }, (_, row) => row)
  const feed = new Feed(dataset, model)
  const rows: number[][] = []
  for (let from = 0; from < dataset.rows; from += BATCH) {
    const to = Math.min(dataset.rows, from + BATCH)
    const { x, y } = feed.batch(order, from, to)
    const outputs = [model.predictOnBatch(x)].flat() as Tensor[]
    const values = await Promise.all(outputs.map(async (output) => output.data()))
    for (const tensor of [...x, ...y, ...outputs]) tensor.dispose()
    const widths = values.map(({ length }) => length / (to - from))
    for (let row = 0; row < to - from; row++) {
      rows.push(
        values.flatMap((numbers, output) => {
          const width = widths[output] ?? 0
          return [...numbers.subarray(row * width, (row + 1) * width)]
        }),
      )
    }
  }
  return rows
}
