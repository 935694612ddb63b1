import type { LayerKind } from './layer.ts'

/** The product of two vectors, number by number, summed. */
export const dot: LayerKind = {
  className: 'Dot',

  supports({ config, inputShapes }) {
    if (inputShapes.some((shape) => shape.length !== 1)) return 'products of more than vectors'
    return config.normalize === true ? 'its normalize' : true
  },

  plan(site) {
    const { kernels } = site
    const inputs = [site.lanedInput(0), site.lanedInput(1)] as const
    const [a, b] = inputs
    const y = site.output()
    site.forward('y = x · x1', ({ padded }) =>
      kernels.dotLines(a.value.at, b.value.at, y.value.at, padded, a.lanes, y.lanes),
    )
    const d = y.gradient
    if (d === undefined) return
    for (const [i, other] of [b, a].entries()) {
      const g = site.inputGradient(i)
      if (g === undefined) continue
      site.backward(`x${i}.g = d · x${1 - i}`, ({ padded }) =>
        kernels.dotGradient(other.value.at, d.at, g.at, padded, a.lanes, y.lanes),
      )
    }
  },
}
