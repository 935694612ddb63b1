import { lines } from '../plan/parameter.ts'
import { floatsOf } from '../plan/tensor.ts'
import { penaltyIn, withoutParts } from './config.ts'
import type { LayerKind } from './layer.ts'

/** A line of weights for each number of the input. A number outside the vocabulary stands for the nearest in it. */
export const embedding: LayerKind = {
  className: 'Embedding',

  supports({ config }) {
    if (config.maskZero === true) return 'its maskZero'
    return withoutParts(config, ['embeddingsRegularizer', 'embeddingsConstraint', 'activityRegularizer'])
  },

  plan(site) {
    const { kernels } = site
    const x = site.input()
    const y = site.output()
    const [vocabulary = 1] = site.weightShapes[0] ?? []
    const layout = lines(vocabulary, y.width)
    const table = site.weight(0, layout, { penalty: penaltyIn(site.config, 'embeddingsRegularizer') })
    const sizes = [x.width, x.lanes, vocabulary, y.lanes] as const
    site.forward('y = lines of the table that x says', ({ padded }) =>
      kernels.embed(x.value.at, table.value.at, y.value.at, padded * x.lines, ...sizes),
    )
    const g = site.inputGradient()
    if (g) site.backward('x.g = 0', ({ padded }) => kernels.fill(g.at, 0, padded * floatsOf(x)))
    const d = y.gradient
    if (d === undefined || table.learning.kind !== 'stored') return
    const { gradient } = table.learning
    site.backward('table.g = d, added where x says', ({ rows }) => {
      kernels.fill(gradient.at, 0, layout.floats)
      kernels.embedGradient(x.value.at, d.at, gradient.at, rows * x.lines, ...sizes)
    })
  },
}
