import { activation } from './activation.ts'
import { dense } from './dense/layer.ts'
import { dropout } from './dropout.ts'
import type { LayerKind } from './layer.ts'
import { flatten, reshape } from './reshape.ts'

const kinds: readonly LayerKind[] = [activation, dense, dropout, flatten, reshape]

const byClass = new Map(kinds.map((kind) => [kind.className, kind]))

/** The layer of that tfjs class, if it is trained here. */
export function layerKind(className: string): LayerKind | undefined {
  return byClass.get(className)
}
