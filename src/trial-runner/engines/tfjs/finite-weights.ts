import type { LayersModel } from '@tensorflow/tfjs-layers'
import { core } from './tfjs.ts'

/**
 * Whether no weight is NaN or infinite. Of such weights several backends (wasm, webgpu) make a loss that is a number
 * again: their clipping, pooling and rectifiers take NaN for the least of numbers.
 */
export async function hasFiniteWeights(model: LayersModel): Promise<boolean> {
  if (model.weights.length === 0) return true
  // A sum is finite only if all are; one number comes over from the backend.
  const sum = core.tidy(() => model.weights.map((weight) => core.sum(weight.read())).reduce((a, b) => core.add(a, b)))
  const [value] = await sum.data()
  sum.dispose()
  return Number.isFinite(value)
}
