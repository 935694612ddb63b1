import { panels } from '../../plan/parameter.ts'
import { penaltyIn } from '../config.ts'
import type { Learn, Product } from './product.ts'

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
    const xs = site.scratch('strips of x', site.capacity * x.lines * inputs)
    const ds = site.scratch('strips of d', site.capacity * x.lines * width)
    const strips = (lines: number) => {
      kernels.stripsOf4(x.value.at, xs.at, lines, inputs)
      kernels.stripsOf8(d.at, ds.at, lines, width)
    }
    if (learning.kind === 'stored') {
      const { gradient } = learning
      site.backward('kernel.g = x transposed · d', ({ padded }) => {
        strips(padded * x.lines)
        kernels.denseGradient(xs.at, ds.at, gradient.at, padded * x.lines, inputs, width)
      })
      return
    }
    const w = kernel.value
    const [s, t, u] = learning.slots
    const held = site.scratch('gradient', HELD)
    site.backward('kernel learns x transposed · d', ({ padded }) => {
      const lines = padded * x.lines
      strips(lines)
      kernels.denseLearn(xs.at, ds.at, held.at, lines, inputs, width, rule, w.at, s.at, t.at, u.at)
    })
  }
}
