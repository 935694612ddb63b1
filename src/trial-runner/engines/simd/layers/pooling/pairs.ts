import type { Window } from '../convolution/window.ts'
import type { Site } from '../layer.ts'

/** Whether these are windows of 2 x 2 pixels side by side, all of them within the image. */
export function suitsPairs({ height, width, outHeight, outWidth, size, strides }: Window): boolean {
  return [...size, ...strides].every((extent) => extent === 2) && 2 * outHeight <= height && 2 * outWidth <= width
}

/**
 * The largest of each pair of pairs. Takes the images of a stream as they come: then neither they nor their gradients are
 * ever in memory all at once.
 */
export function planPairs(site: Site, { height, width, outHeight, outWidth }: Window): void {
  const { kernels } = site
  const x = site.lanedInput()
  const { lanes } = x
  const extents = [height, width, lanes, outHeight, outWidth] as const
  const pixels = outHeight * outWidth * lanes
  const streamed = site.takeStream({ forward, backward })
  const y = site.output()
  const found = site.kept('which was the largest', (site.capacity * pixels) / 4)
  const d = y.gradient
  const g = site.inputGradient()
  const relu = d && g && site.takeSlope() ? 1 : 0

  // x and its gradient begin with image number `from`: they hold the batch, or what is streaming.
  function forward(from: number, images: number): void {
    const to = y.value.at + from * pixels * 4
    kernels.pairsPool(x.value.at, to, found.at + from * pixels, images, ...extents, relu)
  }
  function backward(from: number, images: number): void {
    if (!d || !g) return
    kernels.pairsPoolGradient(d.at + from * pixels * 4, found.at + from * pixels, g.at, images, ...extents)
  }

  const manner = streamed ? ', as x comes' : ''
  site.forward(`y = largest of windows of x${manner}`, ({ padded }) => {
    if (!streamed) forward(0, padded)
  })
  if (!d || !g) return
  const slope = relu ? " · relu'" : ''
  site.backward(`x.g = d where x was the largest${slope}${manner}`, ({ padded }) => {
    if (!streamed) backward(0, padded)
  })
}
