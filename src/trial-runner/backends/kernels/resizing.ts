import type { KernelFunc, Tensor4D, TensorInfo } from '@tensorflow/tfjs-core'
import { core } from '../../engines/tfjs/tfjs.ts'
import { composed } from './provide.ts'

/** The sum of what was made of each pixel: as shipped, images after the first get what belongs to others. */
export const nearestNeighborGradient = composed(
  ({ images, dy }: { images: Tensor4D; dy: Tensor4D }, { alignCorners }: { alignCorners: boolean }) => {
    const [batch, height, width, channels] = images.shape
    const rows = sources(height, dy.shape[1], alignCorners)
    const columns = sources(width, dy.shape[2], alignCorners)
    const given = dy.dataSync<'float32'>()
    const gradient = new Float32Array(images.size)
    let next = 0
    for (let b = 0; b < batch; b++) {
      for (const row of rows) {
        for (const column of columns) {
          const at = ((b * height + row) * width + column) * channels
          for (let c = at; c < at + channels; c++) gradient[c] = (gradient[c] as number) + (given[next++] as number)
        }
      }
    }
    return core.tensor(gradient, images.shape)
  },
)

/** For each place of a resized axis, the place that it is a copy of. */
function sources(from: number, to: number, alignCorners: boolean): number[] {
  const aligned = alignCorners && to > 1
  const scale = aligned ? (from - 1) / (to - 1) : from / to
  const round = alignCorners ? Math.round : Math.floor
  return Array.from({ length: to }, (_, i) => Math.min(from - 1, round(i * scale)))
}

/** The shipped gradient, whose numbers are right, but whose height and width are exchanged. */
export function bilinearGradientInShape(backendName: string): KernelFunc {
  const shipped = core.getKernel('ResizeBilinearGrad', backendName).kernelFunc
  return (call) => {
    const gradient = shipped(call) as TensorInfo
    return { ...gradient, shape: (call.inputs.images as TensorInfo).shape }
  }
}
