import { lines } from '../../plan/parameter.ts'
import { penaltyIn, withoutParts } from '../config.ts'
import type { LayerDescription, Site, WeightUse } from '../layer.ts'

/** What a normalization does to the normalized numbers: normal * gamma + beta, either of which may be missing. */
export interface Affine {
  readonly gamma: WeightUse | undefined
  readonly beta: WeightUse | undefined
  /** Weights that come before those of the layer that are neither. */
  readonly count: number
}

/** The gamma and beta of a layer, its first weights. */
export function affineOf(site: Site): Affine {
  const { config } = site
  const width = site.inputShapes[0]?.at(-1) ?? 1
  const weight = (i: number, key: string) => site.weight(i, lines(1, width), { penalty: penaltyIn(config, key) })
  const gamma = config.scale === false ? undefined : weight(0, 'gammaRegularizer')
  const first = gamma ? 1 : 0
  const beta = config.center === false ? undefined : weight(first, 'betaRegularizer')
  return { gamma, beta, count: first + (beta ? 1 : 0) }
}

/** True, or what about a normalization cannot be trained here. */
export function supportsNormalization({ config, inputShapes }: LayerDescription): true | string {
  const last = inputShapes[0]?.length ?? 1
  const axes = [config.axis].flat()
  if (axes.length !== 1 || (axes[0] !== -1 && axes[0] !== last)) return `its axis ${axes}`
  return withoutParts(config, ['gammaRegularizer', 'betaRegularizer', 'gammaConstraint', 'betaConstraint'])
}

/** Where the gradient of a weight is stored, if it is. */
export function storedGradient(use: WeightUse | undefined) {
  return use?.learning.kind === 'stored' ? use.learning.gradient : undefined
}
