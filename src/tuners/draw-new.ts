import type { Params } from '../core/params.ts'
import type { RandomStream } from '../core/random.ts'
import { countConfigurations } from '../search-space/count.ts'
import type { Space } from '../search-space/space.ts'
import { allLevels, configurations } from './configurations.ts'
import type { Taken } from './proposed.ts'

/** Draws in vain before a small space is searched exhaustively, and before a large one is given up. */
const DRAWS = { small: 100, large: 1000 }

/** A space of at most so many configurations can be searched exhaustively, in some tenths of a second. */
const SMALL = 100_000

/**
 * A configuration drawn uniformly (from the unit cube) among those that are not `taken`; undefined when there is none
 * left. Where more than 100,000 configurations exist, "none" is the verdict of 1,000 draws in a row.
 * Throws `space/unsatisfiable` where the constraints leave nothing at all.
 */
export function drawNew(space: Space, random: RandomStream, taken: Taken): Params | undefined {
  const point = new Float64Array(space.dimensions.length)
  let allowed = false
  for (let draw = 0; draw < DRAWS.large; draw++) {
    for (let i = 0; i < point.length; i++) point[i] = random.next()
    const params = space.decode(point)
    if (space.allows(params)) {
      if (!taken(params)) return params
      allowed = true
    }
    if (draw === DRAWS.small && isSmall(space)) return pickNew(space, random, taken)
  }
  if (allowed) return undefined
  const last = space.sample(random)
  return taken(last) ? undefined : last
}

function isSmall(space: Space): boolean {
  return countConfigurations(space) <= SMALL
}

/** One of all new configurations, each with the same chance (reservoir sampling). */
function pickNew(space: Space, random: RandomStream, taken: Taken): Params | undefined {
  let picked: Params | undefined
  let fresh = 0
  let any = false
  for (const params of configurations(space, allLevels)) {
    any = true
    if (!taken(params) && random.integer(++fresh) === 0) picked = params
  }
  if (!any) return space.sample(random)
  return picked
}
