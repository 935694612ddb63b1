import { activation } from './activation.ts'
import { cropping2d, zeroPadding2d } from './borders.ts'
import { concatenate } from './concatenate.ts'
import { depthwiseConv2d } from './convolution/depthwise.ts'
import { conv1d, conv2d } from './convolution/layer.ts'
import { separableConv2d } from './convolution/separable.ts'
import { conv2dTranspose } from './convolution/transposed.ts'
import { dense } from './dense/layer.ts'
import { dot } from './dot.ts'
import { dropout } from './dropout.ts'
import { embedding } from './embedding.ts'
import { elu, softmax } from './fixed-activations.ts'
import type { LayerKind } from './layer.ts'
import { add, average, maximum, minimum, multiply } from './merge.ts'
import { alphaDropout, gaussianDropout, gaussianNoise } from './noise.ts'
import { batchNormalization } from './normalization/batch.ts'
import { layerNormalization } from './normalization/layer.ts'
import { permute } from './permute.ts'
import { globalPoolings } from './pooling/global.ts'
import { poolings } from './pooling/pooling.ts'
import { prelu } from './prelu.ts'
import { leakyRelu, relu, thresholdedRelu } from './rectifiers.ts'
import { repeatVector } from './repeat-vector.ts'
import { flatten, reshape } from './reshape.ts'
import { spatialDropout1d } from './spatial-dropout.ts'
import { upSampling2d } from './up-sampling.ts'

/** Every layer that is trained here. */
export const LAYER_KINDS: readonly LayerKind[] = [
  activation,
  add,
  alphaDropout,
  average,
  concatenate,
  dense,
  dot,
  dropout,
  elu,
  flatten,
  gaussianDropout,
  gaussianNoise,
  leakyRelu,
  maximum,
  minimum,
  multiply,
  prelu,
  relu,
  reshape,
  softmax,
  thresholdedRelu,
  batchNormalization,
  conv1d,
  conv2d,
  conv2dTranspose,
  cropping2d,
  dense,
  depthwiseConv2d,
  dropout,
  embedding,
  flatten,
  layerNormalization,
  permute,
  repeatVector,
  reshape,
  separableConv2d,
  spatialDropout1d,
  upSampling2d,
  zeroPadding2d,
  ...globalPoolings,
  ...poolings,
]

const byClass = new Map(LAYER_KINDS.map((kind) => [kind.className, kind]))

/** The layer of that tfjs class, if it is trained here. */
export function layerKind(className: string): LayerKind | undefined {
  return byClass.get(className)
}
