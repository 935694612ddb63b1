import { TunerError } from '../core/errors.ts'
import type { Params, ParamValue } from '../core/params.ts'
import { declarationOf } from './declaration.ts'
import { isValueOf } from './domain.ts'
import {
  boolean,
  type ChoiceOptions,
  choice,
  fixed,
  float,
  int,
  type NumberOptions,
  type Parameter,
} from './parameter.ts'
import { Space } from './space.ts'
import type { Literal, ParameterSpec, SpaceSpec } from './spec.ts'

/**
 * A space declared while a model is built, KerasTuner's way: `hp.int('units', 32, 512, { step: 32 })` is the value to
 * use, and a note that there is such a parameter. Build once with no params to find a space by its defaults; a branch
 * reached later with other values may ask for more, which {@link growSpace} adds. What is found has no conditions: from
 * then on it is a part of every configuration, used or not.
 *
 * Pure: the answers depend on `params` and the order of questions alone, the same in the main thread and in a worker.
 */
export class HyperParameters {
  readonly #given: Params
  readonly #spec: Record<string, ParameterSpec> = {}
  readonly #params: Record<string, ParamValue> = {}

  constructor(params: Params = {}) {
    this.#given = params
  }

  /** What was declared so far, in order. */
  get spec(): SpaceSpec {
    return { ...this.#spec }
  }

  /** The values answered so far: those given, and defaults where the space did not know the parameter yet. */
  get params(): Params {
    return { ...this.#params }
  }

  /** A real number from `low` to `high`. */
  float(name: string, low: number, high: number, options?: NumberOptions): number {
    return this.#answer(name, float(low, high, options))
  }

  /** A whole number from `low` to `high`. */
  int(name: string, low: number, high: number, options?: NumberOptions): number {
    return this.#answer(name, int(low, high, options))
  }

  /** One of `values`. */
  choice<const Values extends readonly [Literal, ...Literal[]]>(
    name: string,
    values: Values,
    options?: ChoiceOptions<NoInfer<Values[number]>>,
  ): Values[number] {
    return this.#answer(name, choice(values, options))
  }

  /** `true` or `false`. */
  boolean(name: string, options?: { readonly default?: boolean }): boolean {
    return this.#answer(name, boolean(options))
  }

  /** `value`, stored with the configuration. */
  fixed<const V extends Literal>(name: string, value: V): V {
    return this.#answer(name, fixed(value))
  }

  #answer<V extends Literal>(name: string, { spec }: Parameter<V, false>): V {
    const declared = Object.hasOwn(this.#spec, name) ? this.#spec[name] : undefined
    if (declared === undefined) {
      const alone = new Space({ [name]: spec })
      this.#spec[name] = spec
      this.#params[name] = this.#given[name] ?? (alone.defaults()[name] as V)
    } else refuseRedeclaration(name, declared, spec)
    const value = this.#params[name]
    if (spec.kind !== 'list' && isValueOf(spec, value)) return value as V
    throw new TunerError(
      'space/redeclared',
      `hp parameter "${name}" is ${JSON.stringify(value)} in this trial, but is now declared ${declarationOf(spec)}.`,
      { hint: 'Declare it the same in every branch, or start a new study under another name.' },
    )
  }
}

/**
 * A space with what a later run declared: known parameters first, then new ones in the order they were asked for. The
 * same object where nothing is new. Trials from before lack the new ones, as if they were inactive there. Throws
 * `space/redeclared` where a name is declared in two ways.
 */
export function growSpace(known: SpaceSpec, found: SpaceSpec): SpaceSpec {
  const added: Record<string, ParameterSpec> = {}
  for (const [name, spec] of Object.entries(found)) {
    const declared = Object.hasOwn(known, name) ? known[name] : undefined
    if (declared === undefined) added[name] = spec
    else refuseRedeclaration(name, declared, spec)
  }
  return Object.keys(added).length === 0 ? known : { ...known, ...added }
}

function refuseRedeclaration(name: string, before: ParameterSpec, now: ParameterSpec): void {
  const [was, is] = [declarationOf(before), declarationOf(now)]
  if (was === is) return
  throw new TunerError('space/redeclared', `hp parameter "${name}" is declared ${is}, but was ${was} before.`, {
    hint: 'Use one declaration for a name, or two names.',
  })
}
