import { TunerError } from '../core/errors.ts'
import type { Params, ParamValue } from '../core/params.ts'
import type { RandomStream } from '../core/random.ts'
import { type Codec, codecOf, type Point } from './codec.ts'
import { type Constraint, redraw } from './constraint.ts'
import { orderByDependency } from './dependencies.ts'
import type { Dimension } from './dimension.ts'
import type { SpaceDeclaration } from './infer.ts'
import type { Condition, ParameterSpec, SpaceSpec } from './spec.ts'
import { validateParameter } from './validate-parameter.ts'

interface Entry {
  readonly name: string
  readonly when: readonly Condition[] | undefined
  readonly codec: Codec
}

/**
 * A search space as tuners use it: an ordered set of {@link Dimension}s, each mapped to [0, 1], and the maps between
 * configurations and points of that cube. Immutable.
 */
export class Space {
  readonly spec: SpaceSpec
  /** Names of all parameters, parents before the parameters under their conditions. */
  readonly names: readonly string[]
  /** The axes of the cube, in the order of `names`. */
  readonly dimensions: readonly Dimension[]
  readonly constraints: readonly Constraint[]
  /** In the order of `names`. */
  readonly #entries: readonly Entry[]
  readonly #dimensionsOf: ReadonlyMap<string, readonly Dimension[]>
  readonly #declaredInOrder: boolean

  /** Throws a `space/...` error that names the parameter at fault. */
  constructor(spec: SpaceSpec, constraints: readonly Constraint[] = []) {
    for (const [name, parameter] of Object.entries(spec)) validateParameter(name, parameter)
    this.spec = spec
    this.names = orderByDependency(spec)
    this.constraints = constraints
    const dimensions: Dimension[] = []
    this.#entries = this.names.map((name) => {
      const codec = codecOf(name, spec, dimensions.length)
      dimensions.push(...codec.dimensions)
      return { name, when: spec[name]?.when, codec }
    })
    this.dimensions = dimensions
    this.#dimensionsOf = new Map(this.#entries.map(({ name, codec }) => [name, codec.dimensions]))
    this.#declaredInOrder = Object.keys(spec).every((name, i) => name === this.names[i])
    refuseEqualNames(dimensions)
  }

  /** Throws `space/empty` where nothing is to be searched, otherwise as the constructor. */
  static declare(declaration: SpaceDeclaration, constraints: readonly Constraint[] = []): Space {
    const specs = Object.entries(declaration).map(([name, parameter]) => {
      if (typeof parameter?.spec === 'object') return [name, parameter.spec] as const
      throw new TunerError(
        'space/bad-value',
        `Parameter "${name}" is ${JSON.stringify(parameter)}; expected float(...), int(...), choice(...) or the like.`,
        { hint: 'For a constant write fixed(...).' },
      )
    })
    if (!specs.some(([, spec]) => spec.kind !== 'fixed')) {
      throw new TunerError('space/empty', 'The search space is empty: expected at least one parameter to search.', {
        hint: 'Add one, for example space: { dropout: float(0, 0.6) }.',
      })
    }
    return new Space(Object.fromEntries(specs), constraints)
  }

  /** The JSON form; `new Space(space.toJSON())` is the same space, but for its constraints. */
  toJSON(): SpaceSpec {
    return this.spec
  }

  /** Whether a parameter has a value, given those of its parents in `params`. */
  isActive(name: string, params: Params): boolean {
    return isActive(this.parameter(name).when, params)
  }

  /** The declaration of a parameter of the space, `name` being one of `names`. */
  parameter(name: string): ParameterSpec {
    return this.spec[name] as ParameterSpec
  }

  /** The dimensions of one parameter: one for most, none for `fixed`, several for a list (its own length first). */
  dimensionsOf(name: string): readonly Dimension[] {
    return this.#dimensionsOf.get(name) ?? []
  }

  /**
   * A point of the unit cube inside what a configuration owns; NaN where a dimension is not active. `params` must be a
   * configuration of the space.
   */
  encode(params: Params): Float64Array {
    const point = new Float64Array(this.dimensions.length).fill(Number.NaN)
    for (const { name, codec } of this.#entries) {
      const value = params[name]
      if (value !== undefined) codec.encode(value, point)
    }
    return point
  }

  /**
   * The configuration that owns a point, in the order of declaration. Coordinates beyond [0, 1] count as the nearer
   * end; those of dimensions that turn out inactive are not read; NaN in an active one throws.
   */
  decode(point: Point): Params {
    return this.#collect((codec, parents) => codec.decode(point, parents))
  }

  /** A configuration drawn uniformly from the cube; constraints hold. Throws `space/unsatisfiable`. */
  sample(random: RandomStream): Params {
    const point = new Float64Array(this.dimensions.length)
    return this.satisfying(() => {
      for (let i = 0; i < point.length; i++) point[i] = random.next()
      return this.decode(point)
    })
  }

  /** Calls `propose` until a configuration satisfies the constraints; throws `space/unsatisfiable` after 1,000 calls. */
  satisfying(propose: () => Params): Params {
    return redraw(this.constraints, propose)
  }

  /** Whether all constraints hold. */
  allows(params: Params): boolean {
    for (const constraint of this.constraints) if (!constraint(params)) return false
    return true
  }

  /**
   * Each parameter at its default: the middle of a range on its scale, the first choice, the shortest list. Whether
   * the constraints hold is not looked at.
   */
  defaults(): Params {
    return this.#collect((codec, parents) => codec.default(parents))
  }

  /** A text that is equal for equal configurations and for no others. */
  key(params: Params): string {
    let text = ''
    for (const name of this.names) {
      const value = params[name]
      if (typeof value === 'number') text += value
      else if (value !== undefined) text += JSON.stringify(value)
      text += '|'
    }
    return text
  }

  #collect(pick: (codec: Codec, parents: Params) => ParamValue): Params {
    const params: Record<string, ParamValue> = {}
    for (const { name, when, codec } of this.#entries) {
      if (isActive(when, params)) params[name] = pick(codec, params)
    }
    if (this.#declaredInOrder) return params
    const ordered: Record<string, ParamValue> = {}
    for (const name in this.spec) {
      const value = params[name]
      if (value !== undefined) ordered[name] = value
    }
    return ordered
  }
}

function isActive(conditions: readonly Condition[] | undefined, params: Params): boolean {
  if (conditions === undefined) return true
  for (const { parameter, values } of conditions) {
    const value = params[parameter]
    if (value === undefined || !(values as readonly ParamValue[]).includes(value)) return false
  }
  return true
}

/** A list "w" has axes "w.length" and "w[0]": no other parameter may have such a name. */
function refuseEqualNames(dimensions: readonly Dimension[]): void {
  const owners = new Map<string, string>()
  for (const { name, parameter } of dimensions) {
    const other = owners.get(name)
    if (other !== undefined) {
      throw new TunerError('space/bad-name', `Parameters "${other}" and "${parameter}" both have an axis "${name}".`, {
        hint: 'Rename one of them.',
      })
    }
    owners.set(name, parameter)
  }
}
