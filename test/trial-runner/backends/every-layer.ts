import { layers, sequential } from '@tensorflow/tfjs-layers'
import type { AgreementCase } from '../engines/simd/agreement.ts'
import { joined, stack } from '../engines/simd/models.ts'

type Name = keyof typeof layers
type Layer = layers.Layer

/** A model of every layer of tf.layers, under the names that tf.layers has for it; several for one that has several ways. */
export interface LayerCase {
  readonly names: readonly Name[]
  readonly options: string
  readonly agreement: (name: Name) => AgreementCase
}

const make = (name: Name, options: object): Layer => (layers[name] as unknown as (options: object) => Layer)(options)

const said = (options: object): string =>
  JSON.stringify(options, (_, value) => (value instanceof layers.Layer ? value.getClassName() : value))

/** A layer behind one that learns and before one that does: its gradient with respect to its input is needed too. */
function behind(first: (options: object) => Layer) {
  return (names: readonly Name[], shape: number[], makeOptions: () => object = () => ({})): LayerCase => ({
    names,
    options: said(makeOptions()),
    agreement: (name) =>
      stack(name + said(makeOptions()), shape, [2], () => {
        const layer = make(name, makeOptions())
        const begun = sequential({ layers: [first({ inputShape: shape }), layer] })
        const flat = (begun.outputs[0]?.rank ?? 2) === 2 ? [] : [flatten()]
        return [...begun.layers, ...flat, dense({ units: 2 })]
      }),
  })
}

const { activation, conv2d, conv3d, dense, flatten, gruCell, lstmCell, simpleRNNCell } = layers

const ofVector = behind((options) => dense({ units: 6, activation: 'tanh', ...options }))
const ofSequence = behind((options) => dense({ units: 4, activation: 'tanh', ...options }))
const ofImage = behind((options) => conv2d({ filters: 3, kernelSize: 2, activation: 'tanh', ...options }))
const ofVolume = behind((options) => conv3d({ filters: 2, kernelSize: 2, activation: 'tanh', ...options }))

/** Layers that several others are led into. */
const merging = (name: Name, shapes: number[][], out: number[], options: object = {}): LayerCase => ({
  names: [name],
  options: said(options),
  agreement: () => joined(name + said(options), shapes, out, () => make(name, options)),
})

/** Layers at the beginning of a model, whose input are whole numbers. */
const ofWords = (name: Name, options: object, after: () => Layer[], vocabulary = 9): LayerCase => ({
  names: [name],
  options: said(options),
  agreement: () => ({
    ...stack(name + said(options), [5], [2], () => [make(name, options), ...after()]),
    vocabulary,
  }),
})

const ACTIVATIONS = `elu hardSigmoid linear relu relu6 selu sigmoid softmax softplus softsign tanh swish mish gelu
gelu_new`.split(/\s/)

const recurrent = [{ returnSequences: true }, { goBackwards: true }, { recurrentDropout: 0.3, dropout: 0.2 }]
const strided = [{ padding: 'valid' }, { padding: 'same' }, { padding: 'same', strides: 2 }]
const pools = [{ poolSize: 2 }, { poolSize: 3, strides: 2, padding: 'same' }]
const [vector, sequence, image, volume] = [[7], [6, 3], [8, 7, 2], [6, 6, 5, 2]]

export const layerCases: readonly LayerCase[] = [
  ofVector(['dense'], vector, () => ({ units: 5, activation: 'gelu' })),
  ...(
    [
      ['elu', {}],
      ['reLU', { maxValue: 1 }],
      ['leakyReLU', { alpha: 0.2 }],
      ['prelu', { alphaInitializer: 'ones' }],
      ['softmax', {}],
      ['thresholdedReLU', { theta: 0.1 }],
      ['dropout', { rate: 0.4 }],
      ['alphaDropout', { rate: 0.4 }],
      ['gaussianDropout', { rate: 0.4 }],
      ['gaussianNoise', { stddev: 0.2 }],
      ['batchNormalization', {}],
      ['layerNormalization', {}],
      ['rescaling', { scale: 0.5, offset: 1 }],
      ['repeatVector', { n: 3 }],
      ['reshape', { targetShape: [2, 3] }],
    ] as const
  ).map(([name, options]) => ofVector([name], vector, () => options)),
  ...ACTIVATIONS.map((activation) => ofVector(['activation'], vector, () => ({ activation }))),
  ofImage(['prelu'], image, () => ({ sharedAxes: [1, 2] })),
  ofImage(['batchNormalization'], image),
  ofImage(['layerNormalization'], image),
  ofSequence(['flatten'], sequence),
  ofSequence(['permute'], sequence, () => ({ dims: [2, 1] })),
  ofSequence(['spatialDropout1d'], sequence, () => ({ rate: 0.4 })),
  ofSequence(['masking'], sequence, () => ({ maskValue: 0 })),
  ...strided.map((options) => ofSequence(['conv1d'], sequence, () => ({ filters: 3, kernelSize: 3, ...options }))),
  ...[...strided, { dataFormat: 'channelsFirst' }].map((options) =>
    ofImage(['conv2d'], image, () => ({ filters: 3, kernelSize: 3, ...options })),
  ),
  ...strided.map((options) => ofImage(['conv2dTranspose'], image, () => ({ filters: 3, kernelSize: 3, ...options }))),
  ...[
    ...strided,
    { padding: 'valid', depthMultiplier: 2 },
    { padding: 'same', strides: 2, depthMultiplier: 3 },
  ].flatMap((options) => [
    ofImage(['depthwiseConv2d'], image, () => ({ kernelSize: 3, ...options })),
    ofImage(['separableConv2d'], image, () => ({ filters: 4, kernelSize: 3, ...options })),
  ]),
  ...strided.flatMap((options) => [
    ofVolume(['conv3d'], volume, () => ({ filters: 2, kernelSize: 2, ...options })),
    ofVolume(['conv3dTranspose'], volume, () => ({ filters: 2, kernelSize: 2, ...options })),
  ]),
  ...pools.flatMap((options) => [
    ofSequence(['averagePooling1d', 'avgPool1d', 'avgPooling1d'], sequence, () => options),
    ofSequence(['maxPooling1d', 'maxPool1d'], sequence, () => options),
    ofImage(['averagePooling2d', 'avgPool2d', 'avgPooling2d'], image, () => options),
    ofImage(['maxPooling2d', 'maxPool2d'], image, () => options),
    ofVolume(['averagePooling3d', 'avgPool3d', 'avgPooling3d'], volume, () => options),
    ofVolume(['maxPooling3d'], volume, () => options),
  ]),
  ofSequence(['globalAveragePooling1d'], sequence),
  ofSequence(['globalMaxPooling1d', 'globalMaxPool1d'], sequence),
  ofImage(['globalAveragePooling2d'], image, () => ({ dataFormat: 'channelsLast' })),
  ofImage(['globalMaxPooling2d', 'globalMaxPool2d'], image, () => ({ dataFormat: 'channelsFirst' })),
  ofImage(['cropping2D'], image, () => ({
    cropping: [
      [1, 0],
      [1, 2],
    ],
  })),
  ofImage(['zeroPadding2d'], image, () => ({ padding: [1, 2] })),
  ofImage(['upSampling2d'], image, () => ({ size: [2, 3] })),
  ofImage(['upSampling2d'], image, () => ({ size: [2, 2], interpolation: 'bilinear' })),
  ...(['simpleRNN', 'lstm', 'gru'] as const).flatMap((name) => [
    ofSequence([name], sequence, () => ({ units: 4 })),
    ...recurrent.map((options) => ofSequence([name], sequence, () => ({ units: 3, ...options }))),
    ofSequence(['bidirectional'], sequence, () => ({
      layer: make(name, { units: 3, returnSequences: true }),
      mergeMode: 'concat',
    })),
  ]),
  ofSequence(['gru'], sequence, () => ({ units: 3, resetAfter: false, implementation: 1 })),
  ofSequence(['timeDistributed'], sequence, () => ({ layer: dense({ units: 3 }) })),
  ofSequence(['rnn'], sequence, () => ({ cell: lstmCell({ units: 3 }) })),
  ...cellsAlone(),
  {
    names: ['stackedRNNCells'],
    options: '',
    agreement: () =>
      stack('stackedRNNCells', sequence, [2], () => [
        layers.rnn({ cell: [gruCell({ units: 3 }), simpleRNNCell({ units: 4 })], inputShape: sequence as never }),
        dense({ units: 2 }),
      ]),
  },
  ...[{ padding: 'valid' }, { padding: 'same', returnSequences: true }].map((options) => ({
    names: ['convLstm2d'] as const,
    options: said(options),
    agreement: () =>
      stack(`convLstm2d${said(options)}`, [3, 5, 5, 2], [2], () => [
        make('convLstm2d', { filters: 2, kernelSize: 3, inputShape: [3, 5, 5, 2], ...options }),
        flatten(),
        dense({ units: 2 }),
      ]),
  })),
  ofWords('embedding', { inputDim: 9, outputDim: 4, inputLength: 5 }, () => [flatten(), dense({ units: 2 })]),
  ofWords('embedding', { inputDim: 9, outputDim: 4, inputLength: 5, maskZero: true }, () => [
    layers.lstm({ units: 3 }),
    dense({ units: 2 }),
  ]),
  ofWords(
    'categoryEncoding',
    { numTokens: 5, outputMode: 'multiHot', inputShape: [5] },
    () => [dense({ units: 2 })],
    5,
  ),
  ofWords('inputLayer', { inputShape: [5] }, () => [activation({ activation: 'sigmoid' }), dense({ units: 2 })]),
  ...(['add', 'average', 'maximum', 'minimum', 'multiply', 'concatenate'] as const).map((name) =>
    merging(name, [[4], [4]], [3]),
  ),
  merging('dot', [[4], [4]], [1], { axes: 1 }),
  merging('dot', [[4], [4]], [1], { axes: -1, normalize: true }),
]

function cellsAlone(): LayerCase[] {
  return (['simpleRNNCell', 'lstmCell', 'gruCell'] as const).map((name) => ({
    names: [name],
    options: '',
    agreement: () =>
      stack(name, sequence, [2], () => [
        layers.rnn({ cell: make(name, { units: 3 }) as never, inputShape: sequence as never }),
        dense({ units: 2 }),
      ]),
  }))
}

/** What cannot be trained on any backend, as tfjs itself cannot use it in a model; docs/backends.md names it. */
export const unusableLayers: Readonly<Partial<Record<Name, () => AgreementCase>>> = {
  centerCrop: () => stack('centerCrop', image, [2], () => atTheStart('centerCrop', { height: 4, width: 3 })),
  resizing: () => stack('resizing', image, [2], () => atTheStart('resizing', { height: 4, width: 3 })),
  randomWidth: () => stack('randomWidth', image, [2], () => atTheStart('randomWidth', { factor: 0.3 })),
  convLstm2dCell: () =>
    stack('convLstm2dCell', [3, 5, 5, 2], [2], () => [
      layers.rnn({
        cell: layers.convLstm2dCell({ filters: 2, kernelSize: 3 }) as never,
        inputShape: [3, 5, 5, 2] as never,
      }),
      flatten(),
      dense({ units: 2 }),
    ]),
}

function atTheStart(name: Name, options: object): Layer[] {
  return [make(name, { inputShape: image, ...options }), flatten(), dense({ units: 2 })]
}
