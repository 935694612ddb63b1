import type { Block } from '../../plan/arena.ts'
import { panels } from '../../plan/parameter.ts'
import type { Tensor } from '../../plan/tensor.ts'
import { penaltyIn } from '../config.ts'
import type { Site } from '../layer.ts'
import type { Learn, Product } from './product.ts'

/** A batch of so many floats, x and d together, is read where it lies: it stays in the first-level cache (16 KiB). */
const FEW = 4096

/** Floats of a gradient that `denseLearn` holds at a time. */
const HELD = 2048

/** The product of lines with a kernel in panels; its gradient goes straight into the update where nothing forbids it. */
export function denseProduct({ site, y, z, bias, relu }: Product): Learn {
  const { kernels, config, rule } = site
  const x = site.lanedInput()
  const [inputs, width] = [x.lanes, y.lanes]
  const penalty = penaltyIn(config, 'kernelRegularizer')
  const kernel = site.weight(0, panels(inputs, y.width), { penalty, canFuse: true })
  const sum = `x · kernel${bias ? ' + bias' : ''}`
  site.forward(relu ? `y = relu(${sum})` : `z = ${sum}`, ({ padded }) => {
    const lines = padded * x.lines
    kernels.denseForward(x.value.at, kernel.value.at, bias?.value.at ?? 0, z.at, lines, inputs, width, relu)
  })

  return (d) => {
    const g = site.inputGradient()
    if (g !== undefined) {
      const transposed = site.scratch('kernel transposed', inputs * width)
      site.backward('x.g = d · kernel transposed', ({ padded }) => {
        kernels.transposePanels(kernel.value.at, transposed.at, inputs, width)
        kernels.denseForward(d.at, transposed.at, 0, g.at, padded * x.lines, width, inputs, 0)
      })
    }
    const { learning } = kernel
    if (learning.kind === 'frozen') return
    const source = gradientSource(site, x, d, inputs, width)
    if (learning.kind === 'stored') {
      const { gradient } = learning
      site.backward('kernel.g = x transposed · d', ({ padded }) => {
        source.prepare(padded * x.lines)
        kernels.denseGradient(source.x.at, source.d.at, gradient.at, padded * x.lines, inputs, width, source.strips)
      })
      return
    }
    const w = kernel.value
    const [s, t, u] = learning.slots
    const held = site.scratch('gradient', HELD)
    site.backward('kernel learns x transposed · d', ({ padded }) => {
      const lines = padded * x.lines
      source.prepare(lines)
      const { x: xs, d: ds, strips } = source
      kernels.denseLearn(xs.at, ds.at, held.at, lines, inputs, width, strips, rule, w.at, s.at, t.at, u.at)
    })
  }
}

/** Where the gradient of a kernel is read from: many lines are brought into strips first. */
function gradientSource(site: Site, { value, lines }: Tensor, d: Block, inputs: number, width: number) {
  const { kernels, capacity } = site
  const most = capacity * lines
  if (most * (inputs + width) <= FEW) return { x: value, d, strips: 0, prepare() {} }
  const xs = site.scratch('strips of x', most * inputs)
  const ds = site.scratch('strips of d', most * width)
  const prepare = (lines: number) => {
    kernels.stripsOf4(value.at, xs.at, lines, inputs)
    kernels.stripsOf8(d.at, ds.at, lines, width)
  }
  return { x: xs, d: ds, strips: 1, prepare }
}
