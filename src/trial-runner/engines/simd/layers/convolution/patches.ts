import type { Block } from '../../plan/arena.ts'
import type { Tensor } from '../../plan/tensor.ts'
import type { Site } from '../layer.ts'
import { paddedExtent, stepsOver, type Window, type Work } from './window.ts'

/** Whether images have so few channels that their patches are copied: then all of a patch lies together. */
export function byPatches({ width, lanes }: Pick<Tensor, 'width' | 'lanes'>): boolean {
  return lanes % 4 !== 0 || width < 4
}

/** Patches of some images, [pixels][length], once `gather` has copied them. */
export function patchesOf(
  { site, window, x }: { site: Site; window: Window; x: Pick<Tensor, 'value' | 'width' | 'lanes'> },
  group: number,
  memory: (name: string, floats: number) => Block,
): { block: Block; length: number; gather: Work } {
  const { kernels } = site
  const [tall, wide] = paddedExtent(window)
  const steps = stepsOver(window, x.lanes, x.width, true)
  const length = window.size[0] * window.size[1] * x.width
  // The gradient reads numbers by fours.
  const block = memory('patches', group * window.outHeight * window.outWidth * length + 3)
  return {
    block,
    length,
    gather: (from, images) =>
      kernels.patches(x.value.at + from * tall * wide * x.lanes * 4, block.at, images, ...steps),
  }
}
