import { core, layers } from './tfjs.ts'

const PROBE = 'a-layer-by-which-names-are-found'

let names: Map<string, number> | undefined

/**
 * Lets tfjs-layers forget the names of weights and symbolic tensors that are no more. To keep names apart it remembers all
 * that it ever gave, a few kilobytes a model, in a map that it does not hand out.
 */
export function forgetNames(): void {
  names ??= findNames()
  const { registeredVariables } = core.engine()
  for (const name of names.keys()) if (!(name in registeredVariables)) names.delete(name)
}

/** The map that is asked whether the name of an input is free; an empty one should tfjs not ask any. */
function findNames(): Map<string, number> {
  const { has } = Map.prototype
  let found = new Map<string, number>()
  Map.prototype.has = function (this: Map<unknown, unknown>, key) {
    if (key === PROBE) found = this as Map<string, number>
    return has.call(this, key)
  }
  try {
    layers.input({ shape: [1], name: PROBE })
  } finally {
    Map.prototype.has = has
  }
  return found
}
