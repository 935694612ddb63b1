import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { chain } from '../../../src/cv/chain.ts'
import { minMaxScale } from '../../../src/cv/min-max-scale.ts'
import type { Preprocessor } from '../../../src/cv/preprocessor.ts'
import { standardize } from '../../../src/cv/standardize.ts'
import { arrays } from '../../../src/data/arrays.ts'
import type { Dataset, DenseBlock } from '../../../src/data/dataset.ts'
import { drawnImages } from '../../../src/data/generators/drawn-images.ts'
import { friedman1 } from '../../../src/data/generators/friedman1.ts'
import { float } from '../../../src/search-space/parameter.ts'
import { defineStudy } from '../../../src/study/definition/definition.ts'
import { fitBest } from '../../../src/study/fit/fit-best.ts'
import { loadFitted } from '../../../src/study/fit/load-fitted.ts'
import { randomSearch } from '../../../src/tuners/random-search.ts'
import { classification, finished, newPath, regression } from './studies.ts'

const table = friedman1({ rows: 60, columns: 5, noise: 0.5, seed: 1 })

function rowsOf({ inputs, rows }: Dataset): number[][] {
  const { data } = inputs[0] as DenseBlock
  const width = data.length / rows
  return Array.from({ length: rows }, (_, row) => [...data.subarray(row * width, (row + 1) * width)])
}

/** A folder with a fitted study. */
async function fitted(study: unknown): Promise<string> {
  const out = newPath()
  await fitBest(study as never, { storage: await finished(study), out })
  return out
}

describe('loadFitted', () => {
  test('predicts a regression from rows as they were before preprocessing', async () => {
    const { predict, description } = await loadFitted(await fitted({ ...regression, training: { epochs: 150 } }))
    expect(description.study).toBe('regression')
    const predictions = await predict(rowsOf(table))
    expect(predictions.every(({ length }) => length === 1)).toBe(true)
    const truth = [...table.targets[0].data]
    const mean = truth.reduce((sum, value) => sum + value) / 60
    const squares = (guess: (row: number) => number) =>
      truth.reduce((sum, value, row) => sum + (value - guess(row)) ** 2, 0)
    expect(squares((row) => predictions[row]?.[0] ?? Number.NaN)).toBeLessThan(0.3 * squares(() => mean))
  })

  test('the preprocessing makes of rows what training saw', async () => {
    const preprocess = chain(standardize(), minMaxScale())
    const folder = await fitted({ ...regression, preprocess })
    const { model, predict } = await loadFitted(folder, { backend: 'cpu' })
    const { predict: plain } = await loadFitted(await fitted({ ...regression, preprocess: undefined }), {
      backend: 'cpu',
    })
    const every = Int32Array.from({ length: 60 }, (_, row) => row)
    const prepared = rowsOf(preprocess.fit(table, every).transform(table))
    const tensor = (await import('../../../src/trial-runner/engines/tfjs/tf.ts')).tf.tensor2d(prepared)
    const expected = [...(await (model.predict(tensor) as typeof tensor).data())]
    expect((await predict(rowsOf(table))).flat()).toEqual(expected)
    expect((await plain(rowsOf(table))).flat()).not.toEqual(expected)
  })

  test('gives the probability of each class', async () => {
    const { predict } = await loadFitted(await fitted(classification))
    const probabilities = await predict(rowsOf(await (classification.data as () => Promise<Dataset>)()))
    for (const each of probabilities) {
      expect(each).toHaveLength(3)
      expect(each.reduce((sum, value) => sum + value)).toBeCloseTo(1, 5)
    }
  })

  test('images: bytes are scaled as in training, whatever they come in', async () => {
    const study = defineStudy({
      name: 'digits',
      space: { rate: float(1e-3, 1e-2) },
      data: () => drawnImages({ rows: 40 }),
      model({ tf, params, inputShape, outputs }) {
        const model = tf.sequential()
        model.add(tf.layers.flatten({ inputShape }))
        model.add(tf.layers.dense({ units: outputs, activation: 'softmax' }))
        model.compile({ optimizer: tf.train.adam(params.rate), loss: 'sparseCategoricalCrossentropy' })
        return model
      },
      training: { epochs: 2 },
      tuner: randomSearch({ trials: 1 }),
    })
    const { predict, description } = await loadFitted(await fitted(study))
    const { data, shape } = drawnImages({ rows: 40 }).inputs[0] as DenseBlock
    expect(description.inputs).toEqual([{ shape: [...shape], scale: 1 / 255 }])
    const bytes = await predict({ data: Uint8Array.from(data), shape })
    expect(bytes).toHaveLength(40)
    expect(await predict({ data: [...data], shape })).toEqual(bytes)
  })

  test('many rows, in several batches, are predicted as each by itself', async () => {
    const { predict } = await loadFitted(await fitted(regression), { backend: 'cpu' })
    const rows = rowsOf(friedman1({ rows: 1030, columns: 5, seed: 3 }))
    const all = await predict(rows)
    expect(all).toHaveLength(1030)
    for (const row of [0, 1023, 1024, 1029]) expect(await predict([rows[row] as number[]])).toEqual([all[row]])
  })

  test('refuses rows of another width, naming what was expected, and cells that are no numbers', async () => {
    const named = { ...table, columns: ['a', 'b', 'c', 'd', 'e'] }
    const { predict } = await loadFitted(await fitted({ ...regression, data: () => named }))
    await expect(predict([[1, 2, 3]])).rejects.toMatchObject({
      code: 'data/bad-shape',
      message: 'Input 1: expected 5 numbers a row, got 3.',
      hint: 'The model was trained on a, b, c, d, e.',
    })
    await expect(predict([[1, 2, 3, 4, Number.NaN]])).rejects.toMatchObject({ code: 'data/bad-cell' })
    const two = [[[1, 2, 3, 4, 5]], [[1]]]
    await expect(predict(two)).rejects.toMatchObject({ code: 'data/bad-shape' })
  })

  test('refuses a folder without a fitted model, and a preprocessor of somebody else', async () => {
    await expect(loadFitted(newPath())).rejects.toMatchObject({ code: 'study/file-missing' })
    const own: Preprocessor = { name: 'own', fit: () => ({ transform: (data) => data, toJSON: () => ({ a: 1 }) }) }
    const folder = await fitted({ ...regression, preprocess: own })
    await expect(loadFitted(folder)).rejects.toMatchObject({ code: 'data/bad-format' })
    writeFileSync(join(folder, 'study.json'), '{"kind": "tfjs-tun')
    await expect(loadFitted(folder)).rejects.toMatchObject({ code: 'study/file-missing' })
  })

  test('says what it cannot read', async () => {
    const folder = await fitted(regression)
    rmSync(join(folder, 'model.json'))
    await expect(loadFitted(folder)).rejects.toMatchObject({
      code: 'data/bad-format',
      message: expect.stringContaining('model.json'),
    })
  })

  test('leaves no tensors behind but the weights', async () => {
    const { tf } = await import('../../../src/trial-runner/engines/tfjs/tf.ts')
    const folder = await fitted(regression)
    const before = tf.memory().numTensors
    const { model, predict } = await loadFitted(folder)
    const loaded = tf.memory().numTensors
    await predict(rowsOf(table))
    expect(tf.memory().numTensors).toBe(loaded)
    model.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  test('several inputs are given as a list', async () => {
    const inputs = [
      [[1], [2], [3], [4]],
      [
        [4, 1],
        [3, 2],
        [2, 0],
        [1, 1],
      ],
    ]
    const study = defineStudy({
      name: 'two',
      space: { rate: float(1e-3, 1e-2) },
      data: () => arrays({ inputs, targets: [1, 2, 3, 4] }),
      preprocess: standardize(),
      model({ tf, params, inputShapes }) {
        const ins = inputShapes.map((shape) => tf.input({ shape }))
        const sides = ins.map((input) => tf.layers.dense({ units: 3 }).apply(input))
        const joined = tf.layers.concatenate().apply(sides as never)
        const outputs = tf.layers.dense({ units: 1 }).apply(joined) as never
        const model = tf.model({ inputs: ins, outputs })
        model.compile({ optimizer: tf.train.adam(params.rate), loss: 'meanSquaredError' })
        return model
      },
      training: { epochs: 2 },
      tuner: randomSearch({ trials: 1 }),
    })
    const { predict, description } = await loadFitted(await fitted(study))
    expect(description.inputs.map(({ shape }) => shape)).toEqual([[1], [2]])
    expect((await predict(inputs)).map(({ length }) => length)).toEqual([1, 1, 1, 1])
  })
})
