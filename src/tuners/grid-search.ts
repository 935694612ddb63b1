import { TunerError } from '../core/errors.ts'
import type { Dimension } from '../search-space/dimension.ts'
import type { Space } from '../search-space/space.ts'
import type { NumberSpec } from '../search-space/spec.ts'
import { allLevels, configurations, type ValuesOf } from './configurations.ts'
import { checkOptions, type OptionRule, wholeNumber } from './options.ts'
import type { History, Suggestion, Tuner, TunerContext, TunerJson, TunerSpec } from './tuner.ts'
import { Walk } from './walk.ts'

export interface GridSearchOptions {
  /**
   * How many values to take of a number without step, evenly spaced on its scale, both ends included: one figure for
   * all, or one by parameter. An int that has no more values than that takes them all. Default: 10, as in KerasTuner,
   * except that an int of up to 100 values takes them all.
   */
  readonly points?: number | Readonly<Record<string, number>>
  /** How many trials at most. Default: the whole grid. */
  readonly trials?: number
}

/** An int without step is taken whole up to so many values where nobody says how many. */
const WHOLE = 100
const DEFAULT_POINTS = 10

/**
 * Every combination of values, in the order of declaration with the last parameter fastest; inactive parameters do not
 * multiply, and what breaks a constraint is left out. Results play no part, so it can stop and go on anywhere.
 * Throws `tuner/bad-option`.
 */
export function gridSearch(options: GridSearchOptions = {}): TunerSpec {
  const rules = { points: pointsRule, trials: wholeNumber(1) }
  const json = { name: 'gridSearch', options: checkOptions('gridSearch', options, rules) }
  return { ...json, create: (context) => new GridSearch(json, context, options) }
}

const isCount = wholeNumber(1).holds

const pointsRule: OptionRule = {
  expected: 'a whole number from 1 up, or one for each of some parameters',
  holds: (value) =>
    isCount(value) ||
    (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isCount)),
}

class GridSearch implements Tuner {
  readonly name = 'gridSearch'
  readonly capabilities = { adaptive: false, budgets: false, finite: true }
  readonly #json: TunerJson
  readonly #trials: number
  readonly #epochs: number
  readonly #walk: Walk

  constructor(json: TunerJson, { space, epochs }: TunerContext, options: GridSearchOptions) {
    this.#json = json
    this.#trials = options.trials ?? Number.POSITIVE_INFINITY
    this.#epochs = epochs
    const values = gridValues(space, options.points ?? {})
    this.#walk = new Walk(space, () => configurations(space, values))
  }

  suggest(history: History, count: number): Suggestion[] {
    const room = Math.max(0, Math.min(count, this.#trials - history.length))
    return this.#walk.next(history, room).map((params) => ({ params, epochs: this.#epochs }))
  }

  exhausted(history: History): boolean {
    return history.length < this.#trials && this.suggest(history, 1).length === 0
  }

  toJSON(): TunerJson {
    return this.#json
  }
}

function gridValues(space: Space, points: number | Readonly<Record<string, number>>): ValuesOf {
  if (typeof points === 'object') for (const name of Object.keys(points)) checkHasPoints(space, name)
  const values = new Map<Dimension, readonly (number | string | boolean)[]>()
  for (const dimension of space.dimensions) {
    const count = typeof points === 'number' ? points : points[dimension.parameter]
    const number = steplessNumber(space, dimension)
    if (number === undefined) values.set(dimension, allLevels(dimension))
    else if (dimension.levels <= (count ?? WHOLE)) values.set(dimension, allLevels(dimension))
    else values.set(dimension, spaced(dimension, number, count ?? DEFAULT_POINTS))
  }
  return (dimension) => values.get(dimension) ?? []
}

/** The spec behind a dimension that has no values of its own. */
function steplessNumber(space: Space, dimension: Dimension): NumberSpec | undefined {
  const spec = space.parameter(dimension.parameter)
  const number = spec.kind === 'list' && !dimension.name.endsWith('.length') ? spec.item : spec
  return (number.kind === 'float' || number.kind === 'int') && number.step === undefined ? number : undefined
}

function spaced(dimension: Dimension, { kind, low, high }: NumberSpec, count: number): readonly number[] {
  const from = dimension.toUnit(low)
  const to = dimension.toUnit(high)
  const values = Array.from({ length: count }, (_, i) => {
    const value = Number(dimension.fromUnit(count === 1 ? 0.5 : from + (i / (count - 1)) * (to - from)))
    // 0.001 rather than 0.0009999999999999998.
    return kind === 'int' ? value : Math.min(high, Math.max(low, Number(value.toPrecision(12))))
  })
  return [...new Set(values)]
}

function checkHasPoints(space: Space, name: string): void {
  const spec = space.spec[name]
  const numbers = Object.keys(space.spec).filter((key) => space.dimensionsOf(key).some((d) => steplessNumber(space, d)))
  if (spec !== undefined && numbers.includes(name)) return
  const what = spec === undefined ? 'is not a parameter of the space' : 'has values of its own'
  throw new TunerError('tuner/bad-option', `Option points of gridSearch: "${name}" ${what}.`, {
    hint:
      numbers.length > 0 ? `Points are for: ${numbers.join(', ')}.` : 'Leave points out: every parameter has values.',
  })
}
