import { numberIn } from '../config.ts'
import type { LayerKind } from '../layer.ts'
import { affineOf, storedGradient, supportsNormalization } from './affine.ts'

/** Layer normalization (Ba, Kiros and Hinton, 2016) over the last extent: with mean and variance of each line. */
export const layerNormalization: LayerKind = {
  className: 'LayerNormalization',
  supports: supportsNormalization,
  plan(site) {
    const { kernels } = site
    const x = site.lanedInput()
    const y = site.output()
    const epsilon = numberIn(site.config, 'epsilon', 1e-3)
    const { gamma, beta } = affineOf(site)
    const sizes = [x.width, x.lanes, epsilon] as const
    const [scale, shift] = [() => gamma?.value.at ?? 0, () => beta?.value.at ?? 0]
    site.forward('y = x normalized line by line', ({ padded }) =>
      kernels.normalizeLines(x.value.at, scale(), shift(), y.value.at, padded * x.lines, ...sizes),
    )
    const d = y.gradient
    if (d === undefined) return
    const g = site.inputGradient()
    const [gammaGradient, betaGradient] = [storedGradient(gamma), storedGradient(beta)]
    site.backward('x.g, gamma.g, beta.g = from d, line by line', ({ padded }) => {
      for (const gradient of [gammaGradient, betaGradient]) if (gradient) kernels.fill(gradient.at, 0, gradient.floats)
      kernels.normalizeLinesGradient(
        x.value.at,
        scale(),
        d.at,
        g?.at ?? 0,
        gammaGradient?.at ?? 0,
        betaGradient?.at ?? 0,
        padded * x.lines,
        ...sizes,
      )
    })
  },
}
