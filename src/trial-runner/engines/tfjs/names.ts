import { layers } from './tfjs.ts'

const PROBE = 'an-input-by-which-names-are-found'

/** Of a layer without a name of its own, or of what belongs to one: `dense_Dense12/kernel`. */
const NUMBERED = /_[A-Z][A-Za-z0-9]*\d/

let names: Map<string, number> | undefined

/**
 * Lets tfjs-layers forget names that never come again: it numbers layers on and on. To keep names apart it remembers all
 * that it ever gave, a kilobyte or more a model, in a map that it does not hand out. A name that a user gives must stay
 * there: tfjs remembers how models are computed by the names of their tensors. Returns how many are left.
 */
export function forgetNames(): number {
  names ??= findNames()
  for (const name of names.keys()) if (NUMBERED.test(name)) names.delete(name)
  return names.size
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
