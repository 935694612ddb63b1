import { adadelta } from './adadelta.ts'
import { adagrad } from './adagrad.ts'
import { adam } from './adam.ts'
import { adamax } from './adamax.ts'
import { momentum } from './momentum.ts'
import { nadam } from './nadam.ts'
import type { OptimizerKind } from './optimizer.ts'
import { centeredRmsprop, rmsprop } from './rmsprop.ts'
import { sgd } from './sgd.ts'

const kinds: readonly OptimizerKind[] = [
  adadelta,
  adagrad,
  adam,
  adamax,
  centeredRmsprop,
  momentum,
  nadam,
  rmsprop,
  sgd,
]

const byClass = new Map(kinds.map((kind) => [kind.className, kind]))

/** The optimizer of that tfjs class, if it is known here. */
export function optimizerKind(className: string): OptimizerKind | undefined {
  return byClass.get(className)
}
