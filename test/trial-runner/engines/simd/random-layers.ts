import { constraints, layers, regularizers } from '@tensorflow/tfjs-layers'
import type { RandomStream } from '../../../../src/core/random.ts'

type Layer = layers.Layer
type Shape = readonly number[]

/** A layer with random settings for tensors of a shape; undefined where it does not take them. */
type Maker = (random: RandomStream, shape: Shape) => Layer | undefined

const ACTIVATIONS =
  `linear relu relu6 sigmoid hardSigmoid softplus softsign tanh elu selu softmax logSoftmax gelu gelu_new
mish swish`.split(/\s+/)

export const pick = <T>(random: RandomStream, items: readonly T[]): T => items[random.integer(items.length)] as T
const chance = (random: RandomStream, share: number) => random.next() < share
const from = (random: RandomStream, low: number, high: number) => low + random.integer(high - low + 1)
const activation = (random: RandomStream) => pick(random, ACTIVATIONS) as 'relu'

const constraint = (random: RandomStream) =>
  pick(random, [
    () => constraints.maxNorm({ maxValue: 1, axis: 0 }),
    () => constraints.nonNeg(),
    () => constraints.unitNorm({ axis: 0 }),
    () => constraints.minMaxNorm({ minValue: 0.1, maxValue: 1, rate: 0.9, axis: 0 }),
  ])()

/** Settings that any layer with a kernel may have. */
function parts(random: RandomStream, kernel = 'kernel') {
  return {
    useBias: chance(random, 0.8),
    trainable: chance(random, 0.9),
    ...(chance(random, 0.2) ? { [`${kernel}Regularizer`]: regularizers.l1l2({ l1: 0.001, l2: 0.01 }) } : {}),
    ...(chance(random, 0.1) ? { biasRegularizer: regularizers.l2({ l2: 0.01 }) } : {}),
    ...(chance(random, 0.1) ? { [`${kernel}Constraint`]: constraint(random) } : {}),
    ...(chance(random, 0.1) ? { biasConstraint: constraint(random) } : {}),
  }
}

const any = (make: (random: RandomStream, shape: Shape) => Layer): Maker => make

/** For tensors of one rank only, where `fits` says so. */
const ofRank =
  (
    rank: number,
    make: (random: RandomStream, shape: Shape) => Layer,
    fits: (shape: Shape) => boolean = () => true,
  ): Maker =>
  (random, shape) =>
    shape.length === rank && fits(shape) ? make(random, shape) : undefined

const window2 = (random: RandomStream) => ({
  kernelSize: from(random, 1, 3),
  padding: pick(random, ['valid', 'same'] as const),
  activation: activation(random),
})
const roomy = (shape: Shape) => shape.slice(0, -1).every((extent) => extent >= 3)

/** Every layer that takes one tensor, by tfjs's name of its class. */
const makers: Readonly<Record<string, Maker>> = {
  Activation: any((r) => layers.activation({ activation: activation(r) })),
  AlphaDropout: any((r) => layers.alphaDropout({ rate: 0.6 * r.next() })),
  AveragePooling1D: ofRank(2, (r) => layers.averagePooling1d({ poolSize: from(r, 1, 2) }), roomy),
  AveragePooling2D: ofRank(3, (r) => layers.averagePooling2d({ poolSize: [from(r, 1, 2), from(r, 1, 2)] }), roomy),
  BatchNormalization: any((r) => layers.batchNormalization({ scale: chance(r, 0.8), center: chance(r, 0.8) })),
  Conv1D: ofRank(2, (r) => layers.conv1d({ filters: from(r, 1, 9), ...window2(r), ...parts(r) }), roomy),
  Conv2D: ofRank(
    3,
    (r, shape) => {
      // The engine convolves many channels by tiles of 3 x 3.
      const many = (shape.at(-1) ?? 1) >= 8
      const size = many ? { filters: from(r, 8, 13), kernelSize: 3 } : { filters: from(r, 1, 9) }
      return layers.conv2d({ ...window2(r), ...size, ...parts(r) })
    },
    roomy,
  ),
  Conv2DTranspose: ofRank(3, (r) => layers.conv2dTranspose({ filters: from(r, 1, 5), ...window2(r) }), roomy),
  Cropping2D: ofRank(
    3,
    () =>
      layers.cropping2D({
        cropping: [
          [1, 0],
          [0, 1],
        ] as never,
      }),
    roomy,
  ),
  Dense: any((r) => layers.dense({ units: from(r, 1, 20), activation: activation(r), ...parts(r) })),
  DepthwiseConv2D: ofRank(3, (r) => layers.depthwiseConv2d({ ...window2(r), depthMultiplier: from(r, 1, 2) }), roomy),
  Dropout: any((r) => layers.dropout({ rate: 0.6 * r.next() })),
  ELU: any(() => layers.elu()),
  Embedding: ofRank(1, (r) => layers.embedding({ inputDim: from(r, 2, 9), outputDim: from(r, 1, 9) })),
  Flatten: (_, { length }) => (length > 1 ? layers.flatten() : undefined),
  GaussianDropout: any((r) => layers.gaussianDropout({ rate: 0.6 * r.next() })),
  GaussianNoise: any((r) => layers.gaussianNoise({ stddev: r.next() })),
  GlobalAveragePooling1D: ofRank(2, () => layers.globalAveragePooling1d()),
  GlobalAveragePooling2D: ofRank(3, () => layers.globalAveragePooling2d({})),
  GlobalMaxPooling1D: ofRank(2, () => layers.globalMaxPooling1d()),
  GlobalMaxPooling2D: ofRank(3, () => layers.globalMaxPooling2d({})),
  LayerNormalization: any(() => layers.layerNormalization()),
  LeakyReLU: any((r) => layers.leakyReLU({ alpha: r.next() - 0.2 })),
  MaxPooling1D: ofRank(2, (r) => layers.maxPooling1d({ poolSize: from(r, 1, 2) }), roomy),
  MaxPooling2D: ofRank(3, (r) => layers.maxPooling2d({ poolSize: [from(r, 1, 2), from(r, 1, 2)] }), roomy),
  PReLU: any((r, { length }) =>
    layers.prelu({ alphaInitializer: 'ones', ...(chance(r, 0.5) && length > 1 ? { sharedAxes: [1] } : {}) }),
  ),
  Permute: ofRank(2, () => layers.permute({ dims: [2, 1] })),
  ReLU: any((r) => layers.reLU(chance(r, 0.5) ? { maxValue: 1 } : {})),
  RepeatVector: ofRank(1, (r) => layers.repeatVector({ n: from(r, 2, 4) })),
  Reshape: any((r, shape) => {
    const size = shape.reduce((product, extent) => product * extent, 1)
    const divisor = pick(
      r,
      [1, 2, 3, 4].filter((candidate) => size % candidate === 0),
    )
    return layers.reshape({ targetShape: chance(r, 0.3) ? [size] : [divisor, size / divisor] })
  }),
  SeparableConv2D: ofRank(3, (r) => layers.separableConv2d({ filters: from(r, 1, 5), ...window2(r) }), roomy),
  SimpleRNN: ofRank(2, (r) => layers.simpleRNN({ units: from(r, 1, 4), recurrentInitializer: 'glorotNormal' })),
  Softmax: any(() => layers.softmax({ axis: -1 })),
  SpatialDropout1D: ofRank(2, (r) => layers.spatialDropout1d({ rate: 0.6 * r.next() })),
  ThresholdedReLU: any((r) => layers.thresholdedReLU({ theta: r.next() - 0.3 })),
  UpSampling2D: ofRank(3, () => layers.upSampling2d({ size: [2, 1] })),
  ZeroPadding2D: ofRank(3, () => layers.zeroPadding2d({ padding: [1, 1] })),
}

const mergers: Readonly<Record<string, () => Layer>> = {
  Add: () => layers.add(),
  Average: () => layers.average(),
  Concatenate: () => layers.concatenate(),
  Maximum: () => layers.maximum(),
  Minimum: () => layers.minimum(),
  Multiply: () => layers.multiply(),
}

/** Classes that appear in random networks. `Dot` joins branches. */
export const RANDOM_CLASSES: ReadonlySet<string> = new Set([...Object.keys(makers), ...Object.keys(mergers), 'Dot'])

/** A random layer among the classes that take tensors of this shape. */
export function randomLayer(random: RandomStream, shape: Shape, classes: readonly string[]): Layer {
  for (;;) {
    const layer = makers[pick(random, classes)]?.(random, shape)
    if (layer !== undefined) return layer
  }
}

export function randomMerge(random: RandomStream): Layer {
  return (pick(random, Object.values(mergers)) as () => Layer)()
}

export const LAYER_CLASSES: readonly string[] = Object.keys(makers)
