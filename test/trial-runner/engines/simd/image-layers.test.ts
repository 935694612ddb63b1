import { readFileSync } from 'node:fs'
import '@tensorflow/tfjs-backend-cpu'
import { setBackend, tensor, train } from '@tensorflow/tfjs-core'
import { layers, sequential } from '@tensorflow/tfjs-layers'
import { expect, test } from 'vitest'
import { type Dataset, type DenseBlock, sharedFloats, sizeOf } from '../../../../src/data/dataset.ts'
import { SimdEngine } from '../../../../src/trial-runner/engines/simd/engine.ts'
import { Arena } from '../../../../src/trial-runner/engines/simd/plan/arena.ts'

// Layers whose gradient tfjs refuses or has wrong, against Keras: test/references/image_layers.py trains the same.

await setBackend('cpu')

interface Fixture {
  readonly rows: number
  readonly batch: number
  readonly epochs: number
  readonly rate: number
  readonly cases: Readonly<Record<string, { readonly loss: number[]; readonly weights: number[][] }>>
}

const path = new URL('../../../references/fixtures/image_layers.json', import.meta.url)
const fixture = JSON.parse(readFileSync(path, 'utf8')) as Fixture

type Layer = layers.Layer

const cases: Readonly<Record<string, { shape: number[]; build(inputShape: number[]): Layer[] }>> = {
  'dilated conv2d': {
    shape: [7, 8, 3],
    build: (inputShape) => [
      layers.conv2d({ inputShape, filters: 5, kernelSize: 3, dilationRate: 2, activation: 'relu' }),
      layers.conv2d({ filters: 4, kernelSize: 2, dilationRate: [2, 1], padding: 'same' }),
    ],
  },
  'dilated conv1d': {
    shape: [11, 3],
    build: (inputShape) => [
      layers.conv1d({
        inputShape,
        filters: 9,
        kernelSize: 3,
        dilationRate: 2,
        padding: 'same',
        activation: 'tanh',
      }),
      layers.conv1d({ filters: 4, kernelSize: 2, dilationRate: 3 }),
    ],
  },
  'dilated separableConv2d': {
    shape: [7, 6, 3],
    build: (inputShape) => [
      layers.conv2d({ inputShape, filters: 4, kernelSize: 1 }),
      layers.separableConv2d({ filters: 5, kernelSize: 2, dilationRate: 2, padding: 'same', depthMultiplier: 2 }),
    ],
  },
  'averagePooling2d over the border': {
    shape: [7, 6, 2],
    build: (inputShape) => [
      layers.conv2d({ inputShape, filters: 5, kernelSize: 2 }),
      layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
    ],
  },
  'averagePooling1d over the border': {
    shape: [9, 4],
    build: (inputShape) => [
      layers.dense({ inputShape, units: 5 }),
      layers.averagePooling1d({ poolSize: 3, strides: 2, padding: 'same' }),
    ],
  },
  'upSampling2d of unequal sides': {
    shape: [3, 4, 3],
    build: (inputShape) => [
      layers.conv2d({ inputShape, filters: 5, kernelSize: 2 }),
      layers.upSampling2d({ size: [2, 3] }),
      layers.conv2d({ filters: 2, kernelSize: 2 }),
    ],
  },
  'batch normalization without scale': {
    shape: [5],
    build: (inputShape) => [
      layers.dense({ inputShape, units: 9 }),
      layers.batchNormalization({ scale: false, momentum: 0.8 }),
    ],
  },
  'batch normalization without center': {
    shape: [5],
    build: (inputShape) => [
      layers.dense({ inputShape, units: 9 }),
      layers.batchNormalization({ center: false, momentum: 0.8 }),
    ],
  },
  'layer normalization without scale': {
    shape: [5],
    build: (inputShape) => [layers.dense({ inputShape, units: 9 }), layers.layerNormalization({ scale: false })],
  },
  'layer normalization without center': {
    shape: [5],
    build: (inputShape) => [layers.dense({ inputShape, units: 9 }), layers.layerNormalization({ center: false })],
  },
}

/** The same numbers as in the script. */
function numbers(count: number, stream: number): Float32Array {
  return sharedFloats(count).map((_, i) => ((i * 7919 + stream * 4729 + 13) % 1009) / 1009 - 0.5)
}

function block(shape: readonly number[], stream: number): DenseBlock {
  const data = sharedFloats(fixture.rows * sizeOf(shape))
  data.set(numbers(data.length, stream))
  return { kind: 'dense', data, shape }
}

function model(own: Layer[]) {
  const net = sequential({ layers: own })
  if (own.at(-1)?.outputShape.length !== 2) net.add(layers.flatten())
  net.add(layers.dense({ units: 3 }))
  let stream = 2
  for (const layer of net.layers) {
    const fresh = layer.weights.map(({ shape, originalName }) => {
      const values = numbers(sizeOf(shape as number[]), stream++)
      const variance = originalName.includes('variance')
      return tensor(variance ? values.map((value) => Math.abs(value) + 0.5) : values, shape as number[], 'float32')
    })
    layer.setWeights(fresh)
  }
  net.compile({ loss: 'meanSquaredError', optimizer: train.sgd(fixture.rate) })
  return net
}

test.each(Object.keys(cases).flatMap((name) => (['strict', 'auto'] as const).map((kind) => [name, kind] as const)))(
  '%s, %s',
  async (name, arithmetic) => {
    const { shape, build } = cases[name] as (typeof cases)[string]
    const expected = fixture.cases[name] as Fixture['cases'][string]
    const net = model(build(shape))
    const dataset: Dataset = {
      rows: fixture.rows,
      inputs: [block(shape, 0)],
      targets: [block([3], 1)],
      task: { kind: 'regression' },
    }
    const all = Int32Array.from({ length: fixture.rows }, (_, i) => i)
    const arena = new Arena(true)
    const losses: number[] = []
    await new SimdEngine({ arithmetic, arena }).train(
      {
        model: net,
        epochs: { from: 0, to: fixture.epochs },
        batchSize: fixture.batch,
        shuffle: false,
        stream: 'x',
        keepCheckpoint: false,
      },
      { dataset, train: all, validation: new Int32Array() },
      {
        onEpoch(_, { loss }) {
          losses.push(loss as number)
          return 'continue'
        },
      },
    )
    expect(arena.damaged()).toEqual([])
    expected.loss.forEach((loss, i) => {
      expect(losses[i]).toBeCloseTo(loss, 4)
    })
    const own = net.layers.flatMap((layer) => layer.getWeights().map((weight) => weight.dataSync()))
    expect(own.length).toBe(expected.weights.length)
    expected.weights.forEach((weight, k) => {
      const largest = Math.max(1e-3, ...weight.map(Math.abs))
      const worst = Math.max(...weight.map((value, i) => Math.abs(value - (own[k]?.[i] as number))))
      expect(worst / largest, `weight ${k}`).toBeLessThan(1e-4)
    })
  },
)
