import { column } from '../../plan/parameter.ts'
import { penaltyIn } from '../config.ts'
import type { Learn, Product } from './product.ts'

/** The product of lines with a kernel of one column: a panel would be seven eighths padding. */
export function columnProduct({ site, z, bias, relu }: Product): Learn {
  const { kernels, config } = site
  const x = site.lanedInput()
  const inputs = x.lanes
  const kernel = site.weight(0, column(inputs), { penalty: penaltyIn(config, 'kernelRegularizer') })
  const sum = `x · kernel${bias ? ' + bias' : ''}`
  site.forward(relu ? `y = relu(${sum})` : `z = ${sum}`, ({ padded }) => {
    kernels.columnForward(x.value.at, kernel.value.at, bias?.value.at ?? 0, z.at, padded * x.lines, inputs, relu)
  })

  return (d) => {
    const g = site.inputGradient()
    if (g !== undefined) {
      site.backward('x.g = d · kernel transposed', ({ padded }) =>
        kernels.columnInputGradient(d.at, kernel.value.at, g.at, padded * x.lines, inputs),
      )
    }
    if (kernel.learning.kind !== 'stored') return
    const { gradient } = kernel.learning
    site.backward('kernel.g = x transposed · d', ({ padded }) =>
      kernels.columnGradient(x.value.at, d.at, gradient.at, padded * x.lines, inputs),
    )
  }
}
