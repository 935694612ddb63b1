import { lines } from '../../plan/parameter.ts'
import type { SparseRows } from '../../plan/tensor.ts'
import { penaltyIn } from '../config.ts'
import type { Learn, Product } from './product.ts'

/** The product of sparse rows with a kernel, and its gradient: the sums of the dense product without its zeros. */
export function sparseProduct({ site, y, z, bias, relu }: Product, { starts, columns, values }: SparseRows): Learn {
  const { kernels, config } = site
  const layout = lines(site.input().width, y.width)
  const kernel = site.weight(0, layout, { penalty: penaltyIn(config, 'kernelRegularizer') })
  const at = () => [starts.at, columns.at, values?.at ?? 0] as const
  site.forward(`z = sparse x · kernel${bias ? ' + bias' : ''}`, ({ padded }) =>
    kernels.sparseForward(...at(), kernel.value.at, bias?.value.at ?? 0, z.at, padded, y.lanes),
  )
  if (relu) site.forward('z = relu(z)', ({ padded }) => kernels.relu(z.at, z.at, padded, y.width, y.lanes))

  return (d) => {
    if (kernel.learning.kind !== 'stored') return
    const { gradient } = kernel.learning
    site.backward('kernel.g = sparse x transposed · d', ({ rows }) => {
      kernels.fill(gradient.at, 0, layout.floats)
      kernels.sparseGradient(...at(), d.at, gradient.at, rows, y.lanes)
    })
  }
}
