import type { Pruner } from '../pruner.ts'

/** Lets every trial go on. */
export function noPruner(): Pruner {
  const name = 'noPruner'
  return { name, toJSON: () => ({ name, options: {} }), decide: () => 'continue' }
}
