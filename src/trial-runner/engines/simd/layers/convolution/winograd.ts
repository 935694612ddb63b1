import { roundUp } from '../../plan/tensor.ts'
import type { Convolution } from './convolve.ts'
import type { Product } from './product.ts'
import type { Window } from './window.ts'

/** Fewer channels or filters than this are done sooner directly. */
const CHANNELS = 8

/** Pixels of a side of a tile, and the products that it takes; a direct convolution takes 9 for each pixel. */
const SIDE = 4
const PLANES = 36

/** What the transforms of a tile cost in products, for each channel and each filter. */
const TRANSFORMS = 5

/** Floats of a block of tiles, in and out: a second-level cache holds them and most of the matrices. */
const BLOCK = 128 * 1024

/** Whether a convolution of x without borders is planned by Winograd's algorithm. It depends on shapes alone. */
export function suitsWinograd(
  { size, strides, dilation, ...window }: Window,
  channels: number,
  filters: number,
): boolean {
  if ([...size, ...strides, ...dilation].join() !== '3,3,1,1,1,1') return false
  const { rows, columns } = tilesOf(window)
  const products = rows * columns * PLANES * (1 + TRANSFORMS / channels + TRANSFORMS / filters)
  return Math.min(channels, filters) >= CHANNELS && products < 9 * window.outHeight * window.outWidth
}

function tilesOf({ outHeight, outWidth }: Pick<Window, 'outHeight' | 'outWidth'>) {
  return { rows: Math.ceil(outHeight / SIDE), columns: Math.ceil(outWidth / SIDE) }
}

/**
 * A convolution of 3 x 3 pixels by Winograd's F(4x4, 3x3): tiles of x and the kernel are transformed, multiplied in 36 matrix
 * products, and transformed back. The gradients are the same steps, transposed: from tiles of d the products of either one.
 * Blocks of tiles are worked on one after the other, so that what is made of them stays in the cache.
 */
export function winograd({ site, window, x, kernel, bias, filters, lanes }: Convolution): Product {
  const { kernels } = site
  const { height, width, outHeight, outWidth, top, left } = window
  const { rows, columns } = tilesOf(window)
  const channels = x.width
  const floats = { x: roundUp(channels, 4), z: roundUp(filters, 4) }
  const tiles = tilesOfBlock(channels + filters, rows * columns * site.capacity)
  const planes = (floats: number) => (PLANES * kernels.winogradPlane(tiles, floats)) / 4
  const matrices = (tall: number, wide: number) => PLANES * roundUp(tall, 4) * roundUp(wide, 8)
  const edgeFloats = PLANES * (Math.max(x.lanes, lanes) + 4)
  const u = site.kept('kernel of tiles', matrices(channels, filters))
  const input = [height, width, x.lanes, top, left, rows, columns, floats.x, tiles] as const
  const output = [outHeight, outWidth, lanes, rows, columns, floats.z, tiles] as const

  const blocks = (images: number, work: (from: number, count: number) => void) => {
    const end = images * rows * columns
    for (let from = 0; from < end; from += tiles) work(from, Math.min(tiles, end - from))
  }

  return {
    forward(z, relu) {
      const from = site.passing('tiles of x', planes(floats.x))
      const to = site.passing('tiles of z', planes(floats.z))
      const edge = site.passing('tile at a border', edgeFloats)
      const sum = `x * kernel${bias ? ' + bias' : ''}`
      site.forward(`${relu ? `y = relu(${sum})` : `z = ${sum}`}, by tiles`, ({ padded }) => {
        kernels.winogradKernel(kernel.value.at, u.at, edge.at, channels, filters)
        blocks(padded, (tile, count) => {
          kernels.winogradInput(x.value.at, from.at, edge.at, tile, count, ...input)
          kernels.winogradProducts(from.at, u.at, to.at, count, tiles, channels, filters)
          kernels.winogradOutput(to.at, bias?.value.at ?? 0, z.at, edge.at, tile, count, ...output, relu)
        })
      })
    },

    backward(d, rectified, g) {
      const kernelGradient = kernel.learning.kind === 'stored' ? kernel.learning.gradient : undefined
      const biasGradient = bias?.learning.kind === 'stored' ? bias.learning.gradient : undefined
      if (!kernelGradient && !biasGradient && !g) return
      const ds = site.scratch('tiles of d', planes(floats.z))
      const xs = site.scratch('tiles of x', planes(floats.x))
      const edge = site.scratch('tile at a border', edgeFloats)
      const transposed = g && site.scratch('kernel of tiles transposed', matrices(filters, channels))
      const sums = kernelGradient && site.scratch('kernel.g of tiles', u.floats)
      const names = [g && 'x.g', kernelGradient && 'kernel.g', biasGradient && 'bias.g'].filter(Boolean)
      site.backward(`${names.join(', ')} = from d${rectified ? " · relu'" : ''}, by tiles`, ({ padded }) => {
        const mask = rectified && !rectified.slope.taken ? rectified.y.at : 0
        if (biasGradient) kernels.fill(biasGradient.at, 0, biasGradient.floats)
        if (sums) kernels.fill(sums.at, 0, sums.floats)
        if (transposed) kernels.winogradTransposed(u.at, transposed.at, channels, filters)
        blocks(padded, (tile, count) => {
          kernels.winogradOutputGradient(d.at, mask, ds.at, biasGradient?.at ?? 0, edge.at, tile, count, ...output)
          if (sums) {
            kernels.winogradInput(x.value.at, xs.at, edge.at, tile, count, ...input)
            kernels.winogradGradients(xs.at, ds.at, sums.at, count, tiles, channels, filters)
          }
          if (g && transposed) {
            kernels.winogradProducts(ds.at, transposed.at, xs.at, count, tiles, filters, channels)
            kernels.winogradInputGradient(xs.at, g.at, edge.at, tile, count, ...input)
          }
        })
        if (sums && kernelGradient) {
          kernels.winogradKernelGradient(sums.at, kernelGradient.at, edge.at, channels, filters)
        }
      })
    },
  }
}

/** Tiles of a block: a multiple of 4, as is `all`. */
function tilesOfBlock(channels: number, all: number): number {
  const most = Math.floor(BLOCK / (PLANES * channels * 4)) * 4
  return Math.min(Math.max(16, Math.min(32, most)), all)
}
