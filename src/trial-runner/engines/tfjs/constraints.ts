import type { Variable } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { core } from './tfjs.ts'

/** Applies the constraints of a model's weights after a step: tfjs itself does so only when weights are set. */
export function applyConstraints(model: LayersModel): void {
  for (const weight of model.trainableWeights) {
    const { constraint } = weight
    if (constraint === undefined || constraint === null) continue
    core.tidy(() => {
      const variable = weight.read() as Variable
      variable.assign(constraint.apply(variable))
    })
  }
}
