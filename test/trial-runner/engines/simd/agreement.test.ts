import { type Optimizer, train } from '@tensorflow/tfjs-core'
import { input, layers, model, regularizers, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers'
import { describe, expect, test } from 'vitest'
import { type AgreementCase, expectAgreement } from './agreement.ts'
import { compiled, dense, stack } from './models.ts'

// One line for each layer, activation, loss, optimizer: the engine must train as tfjs does.

const activations = `linear relu relu6 sigmoid hardSigmoid softplus softsign tanh elu selu softmax logSoftmax gelu
gelu_new mish swish`.split(/\s+/)

const layerCases: AgreementCase[] = [
  ...activations.map((activation) =>
    stack(`dense ${activation}`, [5], [3], () => [dense(6, { inputShape: [5], activation }), dense(3)]),
  ),
  ...activations.map((activation) =>
    stack(`activation ${activation}`, [5], [3], () => [
      dense(6, { inputShape: [5] }),
      layers.activation({ activation: activation as 'relu' }),
      dense(3),
    ]),
  ),
  stack('dense without bias', [5], [3], () => [dense(6, { inputShape: [5], useBias: false }), dense(3)]),
  stack('dense on sequences', [4, 5], [4, 3], () => [dense(6, { inputShape: [4, 5], activation: 'tanh' }), dense(3)]),
  stack('wide dense', [70], [9], () => [dense(300, { inputShape: [70], activation: 'relu' }), dense(9)]),
  stack('flatten data', [4, 5], [3], () => [layers.flatten({ inputShape: [4, 5] }), dense(6), dense(3)]),
  stack('flatten', [4, 5], [3], () => [dense(6, { inputShape: [4, 5] }), layers.flatten(), dense(3)]),
  stack('flatten without copy', [4, 5], [3], () => [dense(8, { inputShape: [4, 5] }), layers.flatten(), dense(3)]),
  stack('reshape', [6], [3, 2], () => [
    dense(12, { inputShape: [6], activation: 'tanh' }),
    layers.reshape({ targetShape: [3, 4] }),
    dense(2),
  ]),
  stack('dropout of nothing', [5], [3], () => [dense(6, { inputShape: [5] }), layers.dropout({ rate: 0 }), dense(3)]),
  stack('penalties', [5], [3], () => [
    dense(6, {
      inputShape: [5],
      kernelRegularizer: regularizers.l1l2({ l1: 0.01, l2: 0.02 }),
      biasRegularizer: regularizers.l2({ l2: 0.1 }),
    }),
    dense(3, { kernelRegularizer: regularizers.l1({ l1: 0.03 }) }),
  ]),
  stack('frozen layer', [5], [3], () => [dense(6, { inputShape: [5] }), dense(4, { trainable: false }), dense(3)]),
  stack('model in model', [5], [3], () => [
    dense(6, { inputShape: [5] }),
    sequential({ layers: [dense(4, { inputShape: [6], activation: 'tanh' }), dense(6)] }),
    dense(3),
  ]),
  {
    name: 'shared layer, two inputs, two outputs',
    inputs: [[5], [5]],
    targets: [[3], [2]],
    build() {
      const [a, b] = [input({ shape: [5] }), input({ shape: [5] })]
      const shared = dense(5, { activation: 'tanh', kernelRegularizer: regularizers.l2({ l2: 0.01 }) })
      const left = shared.apply(shared.apply(a)) as SymbolicTensor
      const right = shared.apply(b) as SymbolicTensor
      const outputs = [dense(3).apply(left), dense(2).apply(right)] as SymbolicTensor[]
      return compiled(model({ inputs: [a, b], outputs }), 'meanSquaredError')
    },
  },
  {
    name: 'one tensor, three users',
    inputs: [[5]],
    targets: [[3], [2], [6]],
    build() {
      const x = input({ shape: [5] })
      const hidden = dense(6, { activation: 'tanh' }).apply(x) as SymbolicTensor
      const outputs = [dense(3).apply(hidden), dense(2).apply(hidden), hidden] as SymbolicTensor[]
      return compiled(model({ inputs: x, outputs }), 'meanSquaredError')
    },
  },
]

function lossCase(
  loss: string,
  values: AgreementCase['values'],
  activation: string,
  outputs = 4,
  target = outputs,
): AgreementCase {
  return {
    name: `${loss} of ${activation}`,
    inputs: [[5]],
    targets: [[target]],
    ...(values === undefined ? {} : { values }),
    build: () =>
      compiled(
        sequential({ layers: [dense(6, { inputShape: [5], activation: 'tanh' }), dense(outputs, { activation })] }),
        loss,
      ),
  }
}

const lossCases: AgreementCase[] = [
  lossCase('meanSquaredError', 'any', 'linear'),
  lossCase('meanAbsoluteError', 'any', 'linear'),
  lossCase('meanAbsolutePercentageError', 'positive', 'softplus'),
  lossCase('meanSquaredLogarithmicError', 'positive', 'softplus'),
  lossCase('squaredHinge', 'signs', 'tanh'),
  lossCase('hinge', 'signs', 'tanh'),
  lossCase('categoricalHinge', 4, 'linear', 4, 1),
  lossCase('logcosh', 'any', 'linear'),
  lossCase('binaryCrossentropy', 'bits', 'sigmoid'),
  lossCase('binaryCrossentropy', 2, 'sigmoid', 1),
  lossCase('categoricalCrossentropy', 'shares', 'softmax'),
  lossCase('categoricalCrossentropy', 4, 'softmax', 4, 1),
  lossCase('sparseCategoricalCrossentropy', 4, 'softmax', 4, 1),
  lossCase('sparseCategoricalCrossentropy', 11, 'softmax', 11, 1),
  lossCase('kullbackLeiblerDivergence', 'shares', 'softmax'),
  lossCase('poisson', 'positive', 'softplus'),
  lossCase('cosineProximity', 'any', 'linear'),
]

function optimizerCase(name: string, optimizer: () => string | Optimizer): AgreementCase {
  return {
    name,
    inputs: [[5]],
    targets: [[3]],
    build: () =>
      compiled(
        sequential({ layers: [dense(12, { inputShape: [5], activation: 'tanh' }), dense(3)] }),
        'meanSquaredError',
        optimizer(),
      ),
  }
}

const optimizerCases: AgreementCase[] = [
  optimizerCase('sgd', () => train.sgd(0.1)),
  optimizerCase('momentum', () => train.momentum(0.05, 0.9)),
  optimizerCase('nesterov', () => train.momentum(0.05, 0.8, true)),
  optimizerCase('rmsprop', () => train.rmsprop(0.01)),
  optimizerCase('rmsprop with momentum', () => train.rmsprop(0.01, 0.8, 0.5)),
  optimizerCase('adam', () => train.adam(0.01)),
  optimizerCase('adam by name', () => 'adam'),
  optimizerCase('adamax', () => train.adamax(0.01, 0.9, 0.99, undefined, 0.01)),
  optimizerCase('adagrad', () => train.adagrad(0.1)),
  optimizerCase('adadelta', () => train.adadelta(1, 0.9)),
]

describe.each([
  ['layers', layerCases],
  ['losses', lossCases],
  ['optimizers', optimizerCases],
])('%s', (_, cases) => {
  test.each(cases.map((agreement) => [agreement.name, agreement] as const))('%s', async (_name, agreement) => {
    await expectAgreement(agreement)
  })
})

test('a model that learns 1% faster does not agree', async () => {
  const [slow, fast] = [0.1, 0.101].map((rate) => optimizerCase('sgd', () => train.sgd(rate)))
  await expect(
    expectAgreement({ ...(slow as AgreementCase), reference: (fast as AgreementCase).build }),
  ).rejects.toThrow()
})
