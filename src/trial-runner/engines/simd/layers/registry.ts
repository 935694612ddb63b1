import { activation } from './activation.ts'
import { cropping2d, zeroPadding2d } from './borders.ts'
import { depthwiseConv2d } from './convolution/depthwise.ts'
import { conv1d, conv2d } from './convolution/layer.ts'
import { separableConv2d } from './convolution/separable.ts'
import { conv2dTranspose } from './convolution/transposed.ts'
import { dense } from './dense/layer.ts'
import { dropout } from './dropout.ts'
import { embedding } from './embedding.ts'
import type { LayerKind } from './layer.ts'
import { batchNormalization } from './normalization/batch.ts'
import { layerNormalization } from './normalization/layer.ts'
import { permute } from './permute.ts'
import { globalPoolings } from './pooling/global.ts'
import { poolings } from './pooling/pooling.ts'
import { repeatVector } from './repeat-vector.ts'
import { flatten, reshape } from './reshape.ts'
import { spatialDropout1d } from './spatial-dropout.ts'
import { upSampling2d } from './up-sampling.ts'

const kinds: readonly LayerKind[] = [
  activation,
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

const byClass = new Map(kinds.map((kind) => [kind.className, kind]))

/** The layer of that tfjs class, if it is trained here. */
export function layerKind(className: string): LayerKind | undefined {
  return byClass.get(className)
}
