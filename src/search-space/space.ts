import { TunerError } from '../core/errors.ts'
import type { Params, ParamValue } from '../core/params.ts'
import type { RandomStream } from '../core/random.ts'
import { choiceDimension, type Dimension, numberDimension } from './dimension.ts'
import type { SpaceDeclaration } from './infer.ts'
import type { Condition, ListSpec, ParameterSpec, SpaceSpec } from './spec.ts'
import { orderByDependency, validateParameter } from './validate-spec.ts'

/** A rule that a configuration must satisfy besides its bounds. */
export type Constraint = (params: Params) => boolean

/** How many draws may break the constraints in a row before a tuner gives up. */
const REDRAWS = 1000

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
  /** Parameter -> index of its first dimension. */
  readonly #first: ReadonlyMap<string, number>

  /** Throws a `space/...` error that names the parameter at fault. */
  constructor(spec: SpaceSpec, constraints: readonly Constraint[] = []) {
    for (const [name, parameter] of Object.entries(spec)) validateParameter(name, parameter)
    this.spec = spec
    this.names = orderByDependency(spec)
    this.constraints = constraints
    const dimensions: Dimension[] = []
    const first = new Map<string, number>()
    for (const name of this.names) {
      first.set(name, dimensions.length)
      dimensions.push(...dimensionsOf(name, spec))
    }
    this.dimensions = dimensions
    this.#first = first
  }

  static declare(declaration: SpaceDeclaration, constraints: readonly Constraint[] = []): Space {
    const specs = Object.entries(declaration).map(([name, parameter]) => [name, parameter.spec] as const)
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

  parameter(name: string): ParameterSpec {
    return this.spec[name] as ParameterSpec
  }

  /** The dimensions of one parameter: one for most, none for `fixed`, several for a list (its own length first). */
  dimensionsOf(name: string): readonly Dimension[] {
    const from = this.#first.get(name) as number
    return this.dimensions.slice(from).filter((dimension) => dimension.parameter === name)
  }

  /** The point of the unit cube in the middle of what a configuration owns; NaN where a dimension is not active. */
  encode(params: Params): Float64Array {
    const point = new Float64Array(this.dimensions.length).fill(Number.NaN)
    for (const name of this.names) {
      const value = params[name]
      if (value === undefined) continue
      let at = this.#first.get(name) as number
      const spec = this.parameter(name)
      if (spec.kind === 'fixed') continue
      if (spec.kind !== 'list') {
        point[at] = (this.dimensions[at] as Dimension).toUnit(value as number)
        continue
      }
      const items = value as readonly number[]
      if (typeof spec.length !== 'string') {
        point[at] = (this.dimensions[at] as Dimension).toUnit(items.length)
        at++
      }
      items.forEach((item, i) => {
        point[at + i] = (this.dimensions[at + i] as Dimension).toUnit(item)
      })
    }
    return point
  }

  /** The configuration that owns a point. Coordinates of dimensions that turn out inactive are not read. */
  decode(point: ArrayLike<number>): Params {
    const params: Record<string, ParamValue> = {}
    for (const name of this.names) {
      const spec = this.parameter(name)
      if (!isActive(spec.when, params)) continue
      const at = this.#first.get(name) as number
      if (spec.kind === 'fixed') params[name] = spec.value
      else if (spec.kind === 'list') params[name] = this.#decodeList(spec, at, point, params)
      else params[name] = (this.dimensions[at] as Dimension).fromUnit(point[at] as number)
    }
    return this.#inDeclaredOrder(params)
  }

  #decodeList(spec: ListSpec, first: number, point: ArrayLike<number>, params: Params): readonly number[] {
    let at = first
    let length: number
    if (typeof spec.length === 'string') length = (params[spec.length] as number | undefined) ?? 0
    else {
      length = Number((this.dimensions[at] as Dimension).fromUnit(point[at] as number))
      at++
    }
    return Array.from({ length }, (_, i) =>
      Number((this.dimensions[at + i] as Dimension).fromUnit(point[at + i] as number)),
    )
  }

  #inDeclaredOrder(params: Params): Params {
    const ordered: Record<string, ParamValue> = {}
    for (const name in this.spec) {
      const value = params[name]
      if (value !== undefined) ordered[name] = value
    }
    return ordered
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
    for (let draw = 0; draw < REDRAWS; draw++) {
      const params = propose()
      if (this.allows(params)) return params
    }
    throw new TunerError(
      'space/unsatisfiable',
      `No configuration satisfied the constraints in ${REDRAWS.toLocaleString('en')} draws.`,
      { hint: 'Loosen the constraints, or narrow the parameters to where they can hold.' },
    )
  }

  /** Whether all constraints hold. */
  allows(params: Params): boolean {
    return this.constraints.every((constraint) => constraint(params))
  }

  /** Each parameter at its default: the middle of a range on its scale, the first choice, the shortest list. */
  defaults(): Params {
    const point = new Float64Array(this.dimensions.length).fill(0.5)
    this.dimensions.forEach((dimension, i) => {
      const spec = this.parameter(dimension.parameter)
      const value = spec.kind === 'fixed' || spec.kind === 'list' ? undefined : spec.default
      if (value !== undefined) point[i] = dimension.toUnit(value)
      else if (spec.kind === 'choice' || dimension.name.endsWith('.length')) point[i] = 0.5 / dimension.levels
    })
    const params: Record<string, ParamValue> = { ...this.decode(point) }
    for (const [name, spec] of Object.entries(this.spec)) {
      if (spec.kind === 'list' && spec.default !== undefined && name in params) params[name] = spec.default
    }
    return params
  }

  /** A text that is equal for equal configurations and for no others. */
  key(params: Params): string {
    let text = ''
    for (const name of this.names) {
      const value = params[name]
      text += value === undefined ? '|' : `${typeof value === 'number' ? value : JSON.stringify(value)}|`
    }
    return text
  }
}

export function isActive(conditions: readonly Condition[] | undefined, params: Params): boolean {
  if (conditions === undefined) return true
  return conditions.every(({ parameter, values }) => {
    const value = params[parameter]
    return value !== undefined && values.includes(value as never)
  })
}

function dimensionsOf(name: string, space: SpaceSpec): Dimension[] {
  const spec = space[name] as ParameterSpec
  const axis = { name, parameter: name }
  if (spec.kind === 'fixed') return []
  if (spec.kind === 'choice') return [choiceDimension(axis, spec)]
  if (spec.kind !== 'list') return [numberDimension(axis, spec)]
  const dimensions: Dimension[] = []
  let longest: number
  if (typeof spec.length === 'string') longest = (space[spec.length] as { high: number }).high
  else {
    const [low, high] = spec.length
    longest = high
    dimensions.push(
      numberDimension({ name: `${name}.length`, parameter: name }, { kind: 'int', low, high, scale: 'linear' }),
    )
  }
  for (let i = 0; i < longest; i++) {
    dimensions.push(numberDimension({ name: `${name}[${i}]`, parameter: name }, spec.item))
  }
  return dimensions
}
