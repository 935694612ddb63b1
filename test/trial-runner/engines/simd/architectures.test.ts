import '@tensorflow/tfjs-backend-cpu'
import { setBackend, engine as tensors, train } from '@tensorflow/tfjs-core'
import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, test } from 'vitest'
import { RandomStream } from '../../../../src/core/random.ts'
import { keras } from '../../../../src/trial-runner/engines/keras/keras.ts'
import { SimdEngine } from '../../../../src/trial-runner/engines/simd/engine.ts'
import { LAYER_KINDS } from '../../../../src/trial-runner/engines/simd/layers/registry.ts'
import { Arena } from '../../../../src/trial-runner/engines/simd/plan/arena.ts'
import { dataFor } from './agreement.ts'
import { LAYER_CLASSES, pick, RANDOM_CLASSES, randomLayer, randomMerge } from './random-layers.ts'

// 500 random networks, always the same ones. Each trains two steps and is evaluated in an arena where guards lie between
// all blocks, or says which piece of it is not trained here.

const NETWORKS = 500
const GROUP = 50
const LARGEST = 2000

const KNOWN = LAYER_CLASSES.filter((name) => LAYER_KINDS.some(({ className }) => className === name))

/** How networks end: a loss, an activation that suits it, what targets are, and how many numbers a row has. */
const ENDS = [
  ['meanSquaredError', 'linear', 'any'],
  ['meanAbsoluteError', 'tanh', 'any'],
  ['logcosh', 'linear', 'any'],
  ['hinge', 'tanh', 'signs'],
  ['poisson', 'softplus', 'positive'],
  ['binaryCrossentropy', 'sigmoid', 'bits'],
  ['categoricalCrossentropy', 'softmax', 'shares'],
  ['kullbackLeiblerDivergence', 'softmax', 'shares'],
  ['cosineProximity', 'linear', 'any'],
  ['huber', 'linear', 'any'],
  ['binaryFocalCrossentropy', 'sigmoid', 'bits'],
] as const

const OPTIMIZERS = [
  () => train.sgd(0.01),
  () => train.momentum(0.01, 0.9),
  () => train.rmsprop(0.001),
  () => train.adam(0.001),
  () => train.adamax(0.001),
  () => train.adagrad(0.01),
  () => train.adadelta(0.1),
  () => keras.optimizers.adamW({ globalClipNorm: 1 }),
  () => keras.optimizers.nadam({ clipNorm: 1 }),
  () => keras.optimizers.rmsprop({ centered: true, clipValue: 0.5, epsilon: 1e-3 }),
]

const shapeOf = ({ shape }: SymbolicTensor) => shape.slice(1) as number[]
const sizeOf = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1)

interface Architecture {
  readonly net: LayersModel
  readonly inputs: number[][]
  readonly target: number[]
  readonly values: (typeof ENDS)[number][2]
  /** Inputs are whole numbers below it, some of which embeddings have no line for; 0: any numbers. */
  readonly vocabulary: number
}

function architecture(seed: number): Architecture {
  const random = new RandomStream('architectures').split(seed)
  const classes = seed % 10 === 0 ? LAYER_CLASSES : KNOWN
  const extent = (low: number, high: number) => low + random.integer(high - low + 1)
  const shape = () =>
    pick(random, [
      () => [extent(1, 20)],
      () => [extent(3, 6), extent(1, 9)],
      () => [extent(3, 6), extent(3, 6), extent(1, 9)],
      () => [extent(4, 8), extent(4, 8), extent(8, 12)],
    ])()
  const vocabulary = random.next() < 0.2 ? 10 : 0
  const shapes = random.next() < 0.3 ? [shape(), shape()] : [shape()]
  const inputs = shapes.map((shape) => input({ shape: vocabulary ? shape.slice(0, 1) : shape }))
  const branches = inputs.map((tensor) => {
    const start = vocabulary ? (randomLayer(random, [1], ['Embedding']).apply(tensor) as SymbolicTensor) : tensor
    return grow(random, start, 1 + random.integer(5), classes)
  })
  const [first, second] = branches
  const joint = second ? join(random, first as SymbolicTensor, second) : (first as SymbolicTensor)
  const [loss, activation, values] = pick(random, ENDS)
  const last = layers.dense({ units: extent(2, 12), activation })
  const outputs = last.apply(random.next() < 0.7 ? flat(joint) : joint) as SymbolicTensor
  const net = model({ inputs, outputs })
  const own = loss === 'huber' || loss === 'binaryFocalCrossentropy' ? keras.losses[loss]() : loss
  net.compile({ loss: own, optimizer: pick(random, OPTIMIZERS)(), metrics: ['mse'] })
  return { net, inputs: inputs.map(shapeOf), target: shapeOf(outputs), values, vocabulary }
}

/** Two branches, one behind the other or as their product. */
function join(random: RandomStream, first: SymbolicTensor, second: SymbolicTensor): SymbolicTensor {
  if (random.next() < 0.5) return layers.concatenate().apply([flat(first), flat(second)]) as SymbolicTensor
  const units = 1 + random.integer(9)
  const pair = [first, second].map((tensor) => layers.dense({ units }).apply(flat(tensor)) as SymbolicTensor)
  return layers.dot({ axes: 1 }).apply(pair) as SymbolicTensor
}

function flat(tensor: SymbolicTensor): SymbolicTensor {
  return shapeOf(tensor).length === 1 ? tensor : (layers.flatten().apply(tensor) as SymbolicTensor)
}

/** Applies random layers; now and then splits in two and merges, or applies a layer twice. */
function grow(random: RandomStream, start: SymbolicTensor, depth: number, classes: readonly string[]): SymbolicTensor {
  let tensor = start
  for (let i = 0; i < depth; i++) {
    const layer = randomLayer(random, shapeOf(tensor), classes)
    let next = layer.apply(tensor) as SymbolicTensor
    if (sizeOf(shapeOf(next)) > LARGEST) continue
    const same = String(shapeOf(next)) === String(shapeOf(tensor))
    if (same && random.next() < 0.3) next = layer.apply(next) as SymbolicTensor
    if (same && random.next() < 0.3) next = randomMerge(random).apply([next, tensor]) as SymbolicTensor
    tensor = next
  }
  return tensor
}

test('every layer that is trained here is among them', () => {
  expect(LAYER_KINDS.map(({ className }) => className).filter((name) => !RANDOM_CLASSES.has(name))).toEqual([])
})

describe('random architectures', () => {
  const arena = new Arena(true)
  const engine = new SimdEngine({ arena })
  const trained: number[] = []
  let tiled = 0
  beforeAll(() => setBackend('cpu'))

  async function trainOne(seed: number): Promise<void> {
    const { net, inputs, target, values, vocabulary } = architecture(seed)
    const named = `network ${seed}: ${net.layers.map((layer) => layer.getClassName()).join(' ')}`
    const dataset = dataFor(
      { name: `data ${seed}`, inputs, targets: [target], values, vocabulary, build: () => net },
      10,
    )
    const data = { dataset, train: Int32Array.of(5, 2, 7, 0, 9, 1, 3), validation: Int32Array.of(4, 6, 8) }
    const answer = engine.supports(net, data)
    if (answer !== true) {
      expect(answer, named).toMatch(/^(layer|input|output|loss|optimizer|metric) /)
    } else {
      if (engine.explain(net, data, 4).includes('by tiles')) tiled++
      const job = {
        model: net,
        epochs: { from: 0, to: 1 },
        batchSize: 4,
        shuffle: true,
        stream: 's',
        keepCheckpoint: false,
      }
      await engine.train(job, data, {
        onEpoch(_, metrics) {
          // Guards are no numbers: what reads them is none either.
          for (const value of Object.values(metrics)) expect(value, named).toSatisfy(Number.isFinite)
          return 'continue'
        },
      })
      expect(
        arena.damaged().map(({ name }) => name),
        named,
      ).toEqual([])
      for (const weight of net.getWeights()) expect(weight.dataSync().every(Number.isFinite), named).toBe(true)
      trained.push(seed)
    }
  }

  const groups = Array.from({ length: NETWORKS / GROUP }, (_, group) => group * GROUP)
  test.each(groups)('%i and the following', async (start) => {
    for (let seed = start; seed < start + GROUP; seed++) {
      tensors().startScope()
      try {
        await trainOne(seed)
      } finally {
        tensors().endScope()
        tensors().disposeVariables()
      }
    }
  })

  test('most of them were trained', () => {
    expect(trained.length).toBeGreaterThan(0.85 * NETWORKS)
    expect(tiled).toBeGreaterThan(5)
  })
})
