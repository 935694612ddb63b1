import type { Block } from '../../plan/arena.ts'
import { lines } from '../../plan/parameter.ts'
import { floatsOf, type Tensor } from '../../plan/tensor.ts'
import { activate, activateGradient, activationKind, hasActivation } from '../activation-kind.ts'
import { penaltyIn, withoutParts } from '../config.ts'
import type { LayerDescription, Site, WeightUse } from '../layer.ts'

/** True, or what about a layer with a kernel over images cannot be trained here. */
export function supportsKernel({ config }: LayerDescription, kernels: readonly string[]): true | string {
  if (!hasActivation(config.activation)) return `its activation ${String(config.activation)}`
  if (config.dataFormat === 'channelsFirst') return 'its dataFormat channelsFirst'
  if (config.padding === 'causal') return 'its padding causal'
  const parts = [...kernels, 'bias'].flatMap((part) => [`${part}Regularizer`, `${part}Constraint`])
  return withoutParts(config, [...parts, 'activityRegularizer'])
}

/** The bias of a layer as weight number `i`, if it has one. */
export function biasOf(site: Site, i: number, width: number): WeightUse | undefined {
  if (site.config.useBias === false) return undefined
  return site.weight(i, lines(1, width), { penalty: penaltyIn(site.config, 'biasRegularizer') })
}

/** The activation after a sum z: where z goes, and the steps of either pass. */
export interface Activated {
  readonly z: Block
  /** 1: the kernel of the sum applies relu itself. */
  readonly relu: 0 | 1
  /** Nothing is left to do: y = z, and `relu` if any is in the sum. */
  readonly none: boolean
  /** After the steps that make z. */
  forward(): void
  /** Turns the gradient by y into that by z, unless `relu`. */
  backward(d: Block): void
}

export function activated(site: Site, y: Tensor, fusesRelu: boolean): Activated {
  const { activation } = site.config
  const name = typeof activation === 'string' ? activation : 'linear'
  const kept = activationKind(name)?.saves === 'input'
  const z = kept ? site.kept('z', site.capacity * floatsOf(y)) : y.value
  const relu = fusesRelu && name === 'relu' ? 1 : 0
  return {
    z,
    relu,
    none: relu === 1 || activationKind(name) === undefined,
    forward: () => relu || activate(site, name, z, y),
    backward: (d) => relu || activateGradient(site, name, z, d, d, y),
  }
}
