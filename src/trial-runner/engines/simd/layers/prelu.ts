import { lines } from '../plan/parameter.ts'
import { floatsOf } from '../plan/tensor.ts'
import { penaltyIn, withoutParts } from './config.ts'
import type { LayerDescription, LayerKind } from './layer.ts'

/** Lines of slopes: one for each line of a row, or a single one; undefined where axes are shared in another way. */
function linesOfSlopes({ config, inputShapes }: LayerDescription): number | undefined {
  const outer = inputShapes[0]?.slice(0, -1) ?? []
  const shared = Array.isArray(config.sharedAxes) ? config.sharedAxes.length : 0
  if (shared === 0) return outer.reduce((product, extent) => product * extent, 1)
  const all = outer.every((_, i) => (config.sharedAxes as unknown[]).includes(i + 1))
  return all && shared === outer.length ? 1 : undefined
}

/** x above 0, otherwise a learned slope times x (He et al., 2015). */
export const prelu: LayerKind = {
  className: 'PReLU',

  supports(layer) {
    if (linesOfSlopes(layer) === undefined) return 'its sharedAxes: all but the last one, or none, can be shared'
    return withoutParts(layer.config, ['alphaRegularizer', 'alphaConstraint'])
  },

  plan(site) {
    const { kernels } = site
    const x = site.lanedInput()
    const y = site.output()
    const layout = lines(linesOfSlopes(site) ?? 1, y.width)
    const alpha = site.weight(0, layout, { penalty: penaltyIn(site.config, 'alphaRegularizer') })
    const floats = floatsOf(y)
    const period = layout.floats
    site.forward('y = prelu(x, alpha)', ({ padded }) =>
      kernels.prelu(x.value.at, alpha.value.at, y.value.at, padded * floats, period),
    )
    const d = y.gradient
    if (d === undefined) return
    const g = site.inputGradient()
    const slopes = alpha.learning.kind === 'stored' ? alpha.learning.gradient : undefined
    site.backward('x.g, alpha.g = d · prelu', ({ padded }) =>
      kernels.preluGradient(x.value.at, alpha.value.at, d.at, g?.at ?? 0, slopes?.at ?? 0, padded * floats, period),
    )
  },
}
