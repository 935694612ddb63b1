import type { LayerKind } from './layer.ts'

/** A sequence that says the same vector again and again. */
export const repeatVector: LayerKind = {
  className: 'RepeatVector',
  plan(site) {
    const { kernels } = site
    const x = site.lanedInput()
    const y = site.output()
    const { lines: count, lanes } = y
    site.forward(`y = ${count} times x`, ({ padded }) =>
      kernels.repeatLines(x.value.at, y.value.at, padded, count, lanes, 1),
    )
    const d = y.gradient
    const g = site.inputGradient()
    if (!d || !g) return
    site.backward('x.g = sum of the lines of d', ({ padded }) =>
      kernels.sumOfLines(d.at, g.at, padded, count, lanes, 1),
    )
  },
}
