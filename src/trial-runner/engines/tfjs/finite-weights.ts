import * as core from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'

/**
 * Whether no weight is NaN or infinite. Of such weights several backends (wasm, webgpu) make a loss that is a number
 * again: their clipping, pooling and rectifiers take NaN for the least of numbers.
 */
export function hasFiniteWeights(model: LayersModel): boolean {
  return core.tidy(() => {
    // A sum is finite only if all are; one number comes over from the backend.
    const sums = model.weights.map((weight) => core.sum(weight.read()))
    return sums.length === 0 || Number.isFinite(core.addN(sums).dataSync()[0])
  })
}
