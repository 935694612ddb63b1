import { train } from '@tensorflow/tfjs-core'
import {
  constraints,
  input,
  type LayersModel,
  layers,
  model,
  regularizers,
  type SymbolicTensor,
  sequential,
} from '@tensorflow/tfjs-layers'
import { describe, expect, test } from 'vitest'
import { keras } from '../../../../src/trial-runner/engines/keras/keras.ts'
import { SimdEngine } from '../../../../src/trial-runner/engines/simd/engine.ts'
import { type AgreementCase, dataFor, expectAgreement, seedWeights } from './agreement.ts'
import { compiled, dense, stack } from './models.ts'

const { l1, l2, l1l2 } = regularizers

/** A layer that is applied three times, on two inputs. */
function shared(name: string, options: object, optimizer?: () => Parameters<typeof compiled>[2]): AgreementCase {
  return {
    name,
    inputs: [[5], [5]],
    targets: [[3]],
    build() {
      const [a, b] = [input({ shape: [5] }), input({ shape: [5] })]
      const layer = dense(5, { activation: 'tanh', ...options })
      const twice = layer.apply(layer.apply(a)) as SymbolicTensor
      const both = layers.add().apply([twice, layer.apply(b) as SymbolicTensor]) as SymbolicTensor
      const outputs = dense(3).apply(both) as SymbolicTensor
      return compiled(model({ inputs: [a, b], outputs }), 'meanSquaredError', optimizer?.())
    },
  }
}

/** A model in a model, frozen by `freeze` before it is compiled. */
function nested(name: string, freeze: (outer: LayersModel, inner: LayersModel) => void): AgreementCase {
  return {
    name,
    inputs: [[5]],
    targets: [[3]],
    build() {
      const inner = sequential({ layers: [dense(4, { inputShape: [6], activation: 'tanh' }), dense(6)] })
      const outer = sequential({ layers: [dense(6, { inputShape: [5] }), inner, dense(3)] })
      freeze(outer, inner)
      return compiled(outer, 'meanSquaredError')
    },
  }
}

const first = (options: object = {}) => dense(6, { inputShape: [5], activation: 'tanh', ...options })

const cases: AgreementCase[] = [
  stack('L1 on kernel and bias', [5], [3], () => [
    first({ kernelRegularizer: l1({ l1: 0.03 }), biasRegularizer: l1({ l1: 0.05 }) }),
    dense(3),
  ]),
  stack('L2 on kernel and bias', [5], [3], () => [
    first({ kernelRegularizer: l2({ l2: 0.03 }), biasRegularizer: l2({ l2: 0.2 }) }),
    dense(3),
  ]),
  stack('L1L2 on kernel and bias', [5], [3], () => [
    first({ kernelRegularizer: l1l2({ l1: 0.01, l2: 0.1 }), biasRegularizer: l1l2({ l1: 0.02, l2: 0.1 }) }),
    dense(3, { biasRegularizer: l1({ l1: 0.1 }) }),
  ]),
  shared('penalties of a shared layer', {
    kernelRegularizer: l1l2({ l1: 0.01, l2: 0.05 }),
    biasRegularizer: l2({ l2: 0.1 }),
  }),
  shared('a shared layer with momentum', {}, () => train.momentum(0.05, 0.9)),
  shared('a frozen shared layer', { trainable: false, kernelRegularizer: l2({ l2: 0.05 }) }),
  stack('frozen at the bottom', [5], [3], () => [first({ trainable: false }), dense(4), dense(3)]),
  stack('frozen at the top', [5], [3], () => [first(), dense(3, { trainable: false })]),
  stack('a frozen layer with a penalty', [5], [3], () => [
    first({ trainable: false, kernelRegularizer: l2({ l2: 0.1 }), biasRegularizer: l1({ l1: 0.1 }) }),
    dense(3),
  ]),
  nested('a frozen model in a model', (_, inner) => {
    inner.trainable = false
  }),
  nested('a layer frozen later', (outer) => {
    const [bottom] = outer.layers
    if (bottom) bottom.trainable = false
  }),
  nested('a layer frozen deep inside', (_, inner) => {
    const [bottom] = inner.layers
    if (bottom) bottom.trainable = false
  }),
]

test.each(cases.map((agreement) => [agreement.name, agreement] as const))('%s', async (_, agreement) => {
  await expectAgreement(agreement)
})

const rows = Int32Array.from({ length: 30 }, (_, i) => i)

async function trained(net: LayersModel, epochs = 3): Promise<number[][]> {
  const dataset = dataFor({ name: 'weights', inputs: [[5]], targets: [[3]], build: () => net })
  const job = { epochs: { from: 0, to: epochs }, batchSize: 8, shuffle: true, stream: 's', keepCheckpoint: false }
  await new SimdEngine().train(
    { ...job, model: net },
    { dataset, train: rows, validation: rows },
    {
      onEpoch: () => 'continue',
    },
  )
  return net.getWeights().map((weight) => Array.from(weight.dataSync()))
}

describe('frozen weights', () => {
  test.each([
    ['sgd', () => train.sgd(0.1)],
    ['adamW, which decays', () => keras.optimizers.adamW({ weightDecay: 0.5, globalClipNorm: 0.1 })],
  ] as const)('keep their bits under %s', async (_, optimizer) => {
    const constrained = { trainable: false, kernelConstraint: constraints.maxNorm({ maxValue: 0.1, axis: 0 }) }
    const net = compiled(
      sequential({ layers: [first(), dense(6, constrained), dense(3)] }),
      'meanSquaredError',
      optimizer(),
    )
    seedWeights(net, 'frozen')
    const before = net.getWeights().map((weight) => Array.from(weight.dataSync()))
    const after = await trained(net)
    // tfjs lists weights that are not trained last.
    expect(after.slice(4)).toEqual(before.slice(4))
    for (const i of [0, 1, 2, 3]) expect(after[i]).not.toEqual(before[i])
  })
})

describe('parts that are a user’s own', () => {
  // tfjs does not export the class of constraints, only ones made of it.
  const NonNeg = constraints.nonNeg().constructor as new () => ReturnType<typeof constraints.nonNeg>
  class Own extends NonNeg {
    static className = 'Own'
    override apply<T>(weight: T): T {
      return weight
    }
  }

  test('are named', () => {
    const net = compiled(sequential({ layers: [first({ kernelConstraint: new Own() }), dense(3)] }), 'meanSquaredError')
    const dataset = dataFor({ name: 'own', inputs: [[5]], targets: [[3]], build: () => net })
    expect(new SimdEngine().supports(net, { dataset, train: rows, validation: rows })).toMatch(
      /^layer \S+ \(Dense\): its kernelConstraint Own$/,
    )
  })

  test('tfjs itself takes no activity regularizer', () => {
    expect(() => sequential({ layers: [first({ activityRegularizer: 'l1l2' })] })).toThrow(/activity regularizer/)
  })
})
