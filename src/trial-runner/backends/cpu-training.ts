import { evenAveragePooling } from './kernels/average-pooling.ts'
import { provideKernels } from './kernels/provide.ts'
import { bilinearGradientInShape, nearestNeighborGradient } from './kernels/resizing.ts'

let repaired = false

/** Mends what is wrong in tfjs's plain JavaScript: gradients of padded average pooling, and of resizing images. */
export function repairCpuTraining(): void {
  if (repaired) return
  repaired = true
  provideKernels('cpu', {
    ResizeNearestNeighborGrad: nearestNeighborGradient,
    ResizeBilinearGrad: bilinearGradientInShape('cpu'),
    ...evenAveragePooling('cpu'),
  })
}
