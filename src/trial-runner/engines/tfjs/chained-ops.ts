import type { DataType, Tensor } from '@tensorflow/tfjs-core'
import type {} from '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js'
import { core } from './tfjs.ts'

const UNARY_FIRST = `abs acos acosh add all any argMax argMin asin asinh atan atan2 atanh batchToSpaceND batchNorm
broadcastTo cast ceil clipByValue conv1d conv2d cos cosh cumprod cumsum depthToSpace div divNoNan dot elu equal erf
euclideanNorm exp expandDims expm1 fft floor floorDiv gather greater greaterEqual ifft irfft isFinite isInf isNaN
leakyRelu less lessEqual log log1p logSigmoid logSoftmax logSumExp logicalAnd logicalNot logicalOr logicalXor matMul
max maximum mean min minimum mirrorPad mod mul neg norm notEqual oneHot onesLike pad pool pow prelu prod reciprocal relu
relu6 reshape reverse rfft round rsqrt selu sigmoid sign sin sinh slice softmax softplus spaceToBatchND split sqrt square
squaredDifference squeeze step stridedSlice sub sum tan tanh tile topk transpose unique unstack zerosLike`

type Operation = (...args: unknown[]) => unknown

/**
 * Lets users write `x.add(y)` for `tf.add(x, y)`: the package that does it for them is not loadable by Node without the
 * umbrella package, which is three times as large.
 */
export function registerChainedOps(): void {
  const methods = core.Tensor.prototype as unknown as Record<string, Operation>
  const operations = core as unknown as Record<string, Operation>
  for (const name of UNARY_FIRST.split(/\s+/)) {
    methods[name] = function (this: Tensor, ...args) {
      return operations[name]?.(this, ...args)
    }
  }
  methods.flatten = function (this: Tensor) {
    return core.reshape(this, [this.size])
  }
  methods.asScalar = function (this: Tensor) {
    return core.reshape(this, [])
  }
  methods.reshapeAs = function (this: Tensor, other) {
    return core.reshape(this, (other as Tensor).shape)
  }
  for (const rank of [1, 2, 3, 4, 5]) {
    methods[`as${rank}D`] = function (this: Tensor, ...shape) {
      return core.reshape(this, rank === 1 ? [this.size] : (shape as number[]))
    }
  }
  for (const [name, type] of [
    ['toFloat', 'float32'],
    ['toInt', 'int32'],
    ['toBool', 'bool'],
  ] as const) {
    methods[name] = function (this: Tensor) {
      return core.cast(this, type)
    }
  }
  methods.asType = function (this: Tensor, type) {
    return core.cast(this, type as DataType)
  }
  for (const name of ['concat', 'stack'] as const) {
    methods[name] = function (this: Tensor, others, axis) {
      const list = Array.isArray(others) ? (others as Tensor[]) : [others as Tensor]
      return operations[name]?.([this, ...list], axis)
    }
  }
}
