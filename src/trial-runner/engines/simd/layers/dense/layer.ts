import { lines } from '../../plan/parameter.ts'
import { floatsOf } from '../../plan/tensor.ts'
import { activate, activateGradient, activationKind, hasActivation } from '../activation-kind.ts'
import { penaltyIn, withoutParts } from '../config.ts'
import type { LayerKind } from '../layer.ts'
import { columnProduct } from './column-product.ts'
import { denseProduct } from './dense-product.ts'
import { sparseProduct } from './sparse-product.ts'

/** y = activation(x · kernel + bias) over the last extent. Sparse rows are multiplied as they are. */
export const dense: LayerKind = {
  className: 'Dense',
  takesSparse: true,

  supports({ config }) {
    if (!hasActivation(config.activation)) return `its activation ${String(config.activation)}`
    const parts = ['kernelRegularizer', 'biasRegularizer', 'activityRegularizer', 'kernelConstraint', 'biasConstraint']
    return withoutParts(config, parts)
  },

  plan(site) {
    const { config, kernels } = site
    const name = typeof config.activation === 'string' ? config.activation : 'linear'
    const fromInput = activationKind(name)?.saves === 'input'
    const y = site.output()
    const z = fromInput ? site.kept('z', site.capacity * floatsOf(y)) : y.value
    const penalty = penaltyIn(config, 'biasRegularizer')
    const bias = config.useBias === false ? undefined : site.weight(1, lines(1, y.width), { penalty })
    const relu = name === 'relu' ? 1 : 0
    const { sparse } = site.input()
    const product = { site, y, z, bias, relu } as const
    const ofLines = y.width === 1 ? columnProduct : denseProduct
    const learn = sparse ? sparseProduct(product, sparse) : ofLines(product)
    if (!relu) activate(site, name, z, y)

    const d = y.gradient
    if (d === undefined) return
    activateGradient(site, name, z, d, d, y, relu ? site.offerSlope() : undefined)
    learn(d)
    if (bias?.learning.kind === 'stored') {
      const { gradient } = bias.learning
      const sums = ({ padded }: { padded: number }) => kernels.columnSums(d.at, gradient.at, padded * y.lines, y.lanes)
      site.backward('bias.g = column sums of d', sums)
    }
  },
}
