import { mul, step, sub, type Tensor } from '@tensorflow/tfjs-core'
import { input, layers, model, regularizers, type SymbolicTensor } from '@tensorflow/tfjs-layers'
import { describe, expect, test } from 'vitest'
import { SimdEngine } from '../../../../../src/trial-runner/engines/simd/engine.ts'
import { type AgreementCase, dataFor, expectAgreement } from '../agreement.ts'
import { compiled, dense, joined, stack } from '../models.ts'

const first = (units = 6) => dense(units, { inputShape: [5] })

/** tfjs's own layer has no gradient: it is built on a comparison. */
class Thresholded extends layers.Layer {
  static className = 'Thresholded'
  readonly #theta: number
  constructor(theta: number) {
    super({})
    this.#theta = theta
  }
  override call(inputs: Tensor | Tensor[]): Tensor {
    const [x] = [inputs].flat() as [Tensor]
    return mul(x, step(sub(x, this.#theta)))
  }
}

function thresholded(name: string, theta: number): AgreementCase {
  const net = (layer: layers.Layer) => stack(name, [5], [3], () => [first(), layer, dense(3)])
  return { ...net(layers.thresholdedReLU({ theta })), reference: () => net(new Thresholded(theta)).build() }
}

const rectifiers: AgreementCase[] = [
  stack('reLU', [5], [3], () => [first(), layers.reLU(), dense(3)]),
  stack('reLU with a maximum', [5], [3], () => [first(), layers.reLU({ maxValue: 0.5 }), dense(3)]),
  stack('reLU of data', [5], [3], () => [layers.reLU({ inputShape: [5] }), dense(3)]),
  stack('leakyReLU', [5], [3], () => [first(), layers.leakyReLU({ alpha: 0.2 }), dense(3)]),
  stack('leakyReLU as it comes', [5], [3], () => [first(), layers.leakyReLU(), dense(3)]),
  stack('leakyReLU that falls', [5], [3], () => [first(), layers.leakyReLU({ alpha: -0.5 }), dense(3)]),
  thresholded('thresholdedReLU', 0.3),
  thresholded('thresholdedReLU below 0', -0.3),
  stack('elu', [5], [3], () => [first(), layers.elu(), dense(3)]),
  stack('softmax', [5], [3], () => [first(), layers.softmax(), dense(3)]),
  stack('softmax of sequences', [4, 5], [4, 3], () => [
    dense(6, { inputShape: [4, 5] }),
    layers.softmax({ axis: -1 }),
    dense(3),
  ]),
  stack('prelu', [5], [3], () => [first(), layers.prelu({ alphaInitializer: 'ones' }), dense(3)]),
  stack('prelu of data', [5], [3], () => [layers.prelu({ inputShape: [5] }), dense(3)]),
  stack('prelu of sequences', [4, 5], [4, 3], () => [dense(6, { inputShape: [4, 5] }), layers.prelu(), dense(3)]),
  stack('prelu with shared slopes and a penalty', [4, 5], [4, 3], () => [
    dense(6, { inputShape: [4, 5] }),
    layers.prelu({ sharedAxes: [1], alphaRegularizer: regularizers.l2({ l2: 0.1 }) }),
    dense(3),
  ]),
  stack('frozen prelu', [5], [3], () => [first(), layers.prelu({ trainable: false }), dense(3)]),
]

const merges: AgreementCase[] = [
  joined('add', [[4], [3]], [3], () => layers.add()),
  joined('add three', [[4], [3], [5]], [3], () => layers.add()),
  joined('multiply', [[4], [3]], [3], () => layers.multiply()),
  joined('multiply three', [[4], [3], [5]], [3], () => layers.multiply()),
  joined('average', [[4], [3], [5]], [3], () => layers.average()),
  joined('maximum', [[4], [3], [5]], [3], () => layers.maximum()),
  joined('minimum', [[4], [3]], [3], () => layers.minimum()),
  joined('concatenate', [[4], [3], [5]], [3], () => layers.concatenate()),
  joined(
    'concatenate along sequences',
    [
      [4, 3],
      [2, 3],
    ],
    [6, 3],
    () => layers.concatenate({ axis: 1 }),
  ),
  joined(
    'concatenate sequences',
    [
      [4, 3],
      [4, 3],
    ],
    [4, 3],
    () => layers.concatenate({ axis: -1 }),
  ),
  joined('dot', [[4], [3]], [3], () => layers.dot({ axes: -1 })),
  joined(
    'add sequences',
    [
      [4, 3],
      [4, 2],
    ],
    [4, 3],
    () => layers.add(),
  ),
  joined(
    'add data',
    [[5], [5]],
    [3],
    () => layers.add(),
    () => layers.reLU(),
  ),
  joined(
    'multiply packed data',
    [
      [4, 3],
      [4, 3],
    ],
    [4, 2],
    () => layers.multiply(),
    () => layers.reLU(),
  ),
  {
    name: 'a tensor and itself, and a branch that learns nothing',
    inputs: [[5], [6]],
    targets: [[3]],
    build() {
      const [a, b] = [input({ shape: [5] }), input({ shape: [6] })]
      const hidden = dense(6, { activation: 'tanh' }).apply(a) as SymbolicTensor
      const twice = layers.multiply().apply([hidden, hidden, b]) as SymbolicTensor
      const most = layers.maximum().apply([b, twice, hidden, hidden]) as SymbolicTensor
      const all = layers.concatenate().apply([most, b, twice, hidden]) as SymbolicTensor
      const outputs = dense(3).apply(all) as SymbolicTensor
      return compiled(model({ inputs: [a, b], outputs }), 'meanSquaredError')
    },
  },
]

const silent: AgreementCase[] = [
  stack('gaussianNoise of nothing', [5], [3], () => [first(), layers.gaussianNoise({ stddev: 0 }), dense(3)]),
  stack('gaussianDropout of nothing', [5], [3], () => [first(), layers.gaussianDropout({ rate: 0 }), dense(3)]),
  stack('alphaDropout of nothing', [5], [3], () => [first(), layers.alphaDropout({ rate: 0 }), dense(3)]),
]

describe.each([
  ['rectifiers', rectifiers],
  ['merges', merges],
  ['noise that is off', silent],
])('%s agree with tfjs', (_, cases) => {
  test.each(cases.map((agreement) => [agreement.name, agreement] as const))('%s', async (_name, agreement) => {
    await expectAgreement(agreement)
  })
})

test.each([
  [
    'Dot',
    joined(
      'd',
      [
        [4, 3],
        [4, 3],
      ],
      [4, 3],
      () => layers.dot({ axes: 2 }),
    ),
    /more than vectors/,
  ],
  ['Add', joined('a', [[4, 3], [3]], [4, 3], () => layers.add()), /shapes to broadcast: 4,5 and 5/],
  [
    'PReLU',
    stack('p', [4, 2, 5], [4, 2, 5], () => [layers.prelu({ sharedAxes: [1], inputShape: [4, 2, 5] }), dense(5)]),
    /sharedAxes/,
  ],
  [
    'AlphaDropout',
    stack('n', [5], [3], () => [first(), layers.alphaDropout({ rate: 0.2, noiseShape: [1, 6] }), dense(3)]),
    /noiseShape/,
  ],
] as const)('%s says what is not trained here', (className, agreement, reason) => {
  const dataset = dataFor(agreement)
  const data = { dataset, train: new Int32Array(1), validation: new Int32Array(1) }
  const answer = new SimdEngine().supports(agreement.build(), data)
  expect(answer).toMatch(reason)
  expect(answer).toContain(`(${className})`)
})
