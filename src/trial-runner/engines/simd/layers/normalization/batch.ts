import { lines } from '../../plan/parameter.ts'
import { numberIn } from '../config.ts'
import type { LayerKind } from '../layer.ts'
import { affineOf, storedGradient, supportsNormalization } from './affine.ts'

/**
 * Batch normalization (Ioffe and Szegedy, 2015): in training with mean and biased variance of the rows of the batch,
 * towards which the moving ones go; at evaluation with the moving ones. A frozen layer does the same, as in tfjs.
 */
export const batchNormalization: LayerKind = {
  className: 'BatchNormalization',
  supports: supportsNormalization,
  plan(site) {
    const { kernels, config } = site
    const x = site.lanedInput()
    const y = site.output()
    const { width, lanes } = x
    const epsilon = numberIn(config, 'epsilon', 1e-3)
    const rest = 1 - numberIn(config, 'momentum', 0.99)
    const { gamma, beta, count } = affineOf(site)
    const moving = { mean: site.weight(count, lines(1, width)), variance: site.weight(count + 1, lines(1, width)) }
    const [mean, variance, inverse] = [
      site.kept('mean', lanes),
      site.kept('variance', lanes),
      site.kept('1 / deviation', lanes),
    ]
    const sums = site.kept('sums', 4 * lanes)
    const normalize = (center: number, padded: number) =>
      kernels.normalizeColumns(
        x.value.at,
        center,
        inverse.at,
        gamma?.value.at ?? 0,
        beta?.value.at ?? 0,
        y.value.at,
        padded * x.lines,
        lanes,
      )
    site.training('y = x normalized over the batch', ({ rows, padded }) => {
      kernels.moments(x.value.at, mean.at, variance.at, sums.at, rows * x.lines, lanes)
      kernels.moveTowards(mean.at, moving.mean.value.at, lanes, rest)
      kernels.moveTowards(variance.at, moving.variance.value.at, lanes, rest)
      kernels.inverseDeviation(variance.at, inverse.at, lanes, epsilon)
      normalize(mean.at, padded)
    })
    site.evaluation('y = x normalized with the moving mean and variance', ({ padded }) => {
      kernels.inverseDeviation(moving.variance.value.at, inverse.at, lanes, epsilon)
      normalize(moving.mean.value.at, padded)
    })

    const d = y.gradient
    if (d === undefined) return
    const g = site.inputGradient()
    const gammaGradient = storedGradient(gamma) ?? site.scratch('gamma.g', lanes)
    const betaGradient = storedGradient(beta) ?? site.scratch('beta.g', lanes)
    site.backward('gamma.g, beta.g = sums of d · normalized x, of d', ({ rows }) =>
      kernels.normalizeSums(
        x.value.at,
        mean.at,
        inverse.at,
        d.at,
        gammaGradient.at,
        betaGradient.at,
        sums.at,
        rows * x.lines,
        lanes,
      ),
    )
    if (g === undefined) return
    site.backward('x.g = d without its means', ({ rows, padded }) =>
      kernels.normalizeGradient(
        x.value.at,
        mean.at,
        inverse.at,
        gamma?.value.at ?? 0,
        d.at,
        gammaGradient.at,
        betaGradient.at,
        g.at,
        rows * x.lines,
        padded * x.lines,
        lanes,
      ),
    )
  },
}
