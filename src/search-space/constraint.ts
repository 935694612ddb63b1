import { TunerError } from '../core/errors.ts'
import type { Params } from '../core/params.ts'

/** A rule that a configuration must satisfy besides its bounds. */
export type Constraint = (params: Params) => boolean

/** How many draws may break the constraints in a row before a tuner gives up. */
const REDRAWS = 1000

/** Calls `propose` until all constraints hold; throws `space/unsatisfiable`, naming the one that broke most often. */
export function redraw(constraints: readonly Constraint[], propose: () => Params): Params {
  const broken = new Array<number>(constraints.length).fill(0)
  for (let draw = 0; draw < REDRAWS; draw++) {
    const params = propose()
    const at = constraints.findIndex((constraint) => !constraint(params))
    if (at === -1) return params
    broken[at] = (broken[at] ?? 0) + 1
  }
  const worst = broken.indexOf(Math.max(...broken))
  throw new TunerError(
    'space/unsatisfiable',
    `No configuration satisfied the constraints in ${thousands(REDRAWS)} draws; ${thousands(broken[worst] ?? 0)} of them broke ${shown(constraints[worst])}.`,
    { hint: 'Loosen the constraints, or narrow the parameters to where they can hold.' },
  )
}

function thousands(count: number): string {
  return count.toLocaleString('en')
}

/** The constraint's own text on one line: users know it by its sight. */
function shown(constraint: Constraint | undefined): string {
  const text = String(constraint).replace(/\s+/g, ' ')
  return text.length <= 100 ? text : `${text.slice(0, 99)}…`
}
