import { fc } from '@fast-check/vitest'
import { Space } from '../../src/search-space/space.ts'
import type {
  ChoiceSpec,
  Condition,
  Literal,
  NumberSpec,
  ParameterSpec,
  SpaceSpec,
} from '../../src/search-space/spec.ts'

/**
 * Random valid spaces: parameters of every kind, some bound to or under conditions on one or two that come before
 * them, declared in any order. `finite` leaves out continuous ranges and keeps the rest small enough to enumerate.
 */
export function arbitrarySpace({ finite }: { readonly finite: boolean }): fc.Arbitrary<Space> {
  const widest = finite ? 4 : 1000
  const parameter = fc.record({
    spec: fc.oneof(
      ranges(finite, widest),
      choices,
      fc.constant<ParameterSpec>({ kind: 'fixed', value: 'constant' }),
      lists(finite, widest),
    ),
    parents: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 2 }),
    rank: fc.nat(),
  })
  return fc.array(parameter, { minLength: 1, maxLength: finite ? 4 : 8 }).map((drafts) => {
    const specs: ParameterSpec[] = []
    for (const { spec, parents } of drafts) specs.push(link(spec, parents, specs))
    const entries = specs.map((spec, i) => [`p${i}`, spec] as const)
    const rank = (name: string) => drafts[Number(name.slice(1))]?.rank ?? 0
    return new Space(Object.fromEntries(entries.sort(([a], [b]) => rank(a) - rank(b))))
  })
}

function ranges(finite: boolean, widest: number): fc.Arbitrary<NumberSpec> {
  const ints = fc
    .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: widest }), fc.constantFrom('linear', 'log'))
    .map(([low, width, scale]): NumberSpec => {
      return { kind: 'int', low, high: low + width, scale: low > 0 && scale === 'log' ? 'log' : 'linear' }
    })
  const stepped = fc
    .tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 1, max: 3 }), fc.constantFrom(0.1, 0.25, 2))
    .map(([first, steps, step]): NumberSpec => {
      return { kind: 'float', low: first * step, high: (first + steps + 0.5) * step, scale: 'linear', step }
    })
  const factors = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3 }), fc.constantFrom('int', 'float'))
    .map(([low, steps, kind]): NumberSpec => ({ kind, low, high: low * 2 ** steps, scale: 'log', step: 2 }))
  if (finite) return fc.oneof(ints, stepped, factors)
  const floats = fc
    .tuple(
      fc.double({ min: 1e-6, max: 10, noNaN: true }),
      fc.double({ min: 1.001, max: 1e6, noNaN: true }),
      fc.constantFrom('linear', 'log', 'reverse-log'),
    )
    .map(([low, ratio, scale]): NumberSpec => ({ kind: 'float', low, high: low * ratio, scale }))
  return fc.oneof(ints, stepped, factors, floats)
}

const choices = fc
  .tuple(
    fc.uniqueArray(
      fc.oneof(fc.constantFrom('a', 'b', '|', '1', 'true', ''), fc.constantFrom(0, 1, 2.5), fc.boolean()),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    fc.boolean(),
  )
  .map(([values, ordered]): ChoiceSpec => ({ kind: 'choice', values, ordered }))

function lists(finite: boolean, widest: number): fc.Arbitrary<ParameterSpec> {
  return fc
    .tuple(ranges(finite, Math.min(2, widest)), fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 2 }))
    .map(([item, shortest, more]) => ({ kind: 'list', item, length: [shortest, shortest + more] }))
}

/** Puts a parameter under conditions on earlier ones; a list may get the length of an earlier short int. */
function link(
  spec: ParameterSpec,
  parents: readonly (readonly [number, number, number])[],
  earlier: readonly ParameterSpec[],
): ParameterSpec {
  const short = earlier.findIndex(({ kind, ...rest }) => kind === 'int' && 'high' in rest && rest.high <= 4)
  const bound = spec.kind === 'list' && short >= 0 && parents.length === 1 ? { ...spec, length: `p${short}` } : spec
  const when: Condition[] = []
  for (const [which, ...picks] of parents) {
    const at = which % Math.max(1, earlier.length)
    const values = earlier[at] === undefined ? [] : someValues(earlier[at])
    if (values.length === 0) continue
    when.push({ parameter: `p${at}`, values: picks.map((pick) => values[pick % values.length] as Literal) })
  }
  return when.length === 0 ? bound : { ...bound, when }
}

function someValues(spec: ParameterSpec): readonly Literal[] {
  if (spec.kind === 'fixed') return [spec.value]
  if (spec.kind === 'choice') return spec.values
  return spec.kind === 'int'
    ? [spec.low, spec.low * 2].filter((v) => v <= spec.high && (spec.step === undefined || v > 0))
    : []
}

/** Every configuration of a small finite space, each once, found without the encoding: all values, then conditions. */
export function enumerate(spec: SpaceSpec): Set<string> {
  const found = new Set<string>()
  const names = Object.keys(spec)
  const visit = (at: number, values: Readonly<Record<string, unknown>>): void => {
    const name = names[at]
    if (name !== undefined) {
      for (const value of valuesOf(spec, name)) visit(at + 1, { ...values, [name]: value })
      return
    }
    const active = (each: string): boolean =>
      (spec[each]?.when ?? []).every(
        ({ parameter, values: wanted }) => active(parameter) && (wanted as unknown[]).includes(values[parameter]),
      )
    const left = names.filter(active)
    for (const each of left) {
      const declared = spec[each]
      if (declared?.kind !== 'list' || typeof declared.length !== 'string') continue
      const length = left.includes(declared.length) ? values[declared.length] : 0
      if ((values[each] as unknown[]).length !== length) return
    }
    found.add(JSON.stringify(left.map((each) => [each, values[each]])))
  }
  visit(0, {})
  return found
}

function valuesOf(space: SpaceSpec, name: string): readonly unknown[] {
  const spec = space[name]
  if (spec === undefined) return []
  if (spec.kind === 'fixed') return [spec.value]
  if (spec.kind === 'choice') return spec.values
  if (spec.kind !== 'list') return numbers(spec)
  const bound = typeof spec.length === 'string' ? space[spec.length] : undefined
  const [shortest, longest] =
    typeof spec.length === 'string' ? [0, bound?.kind === 'int' ? bound.high : 0] : spec.length
  const all: (readonly number[])[] = []
  let sameLength: (readonly number[])[] = [[]]
  for (let length = 0; length <= longest; length++) {
    if (length >= shortest) all.push(...sameLength)
    sameLength = sameLength.flatMap((head) => numbers(spec.item).map((last) => [...head, last]))
  }
  return all
}

function numbers({ kind, low, high, scale, step }: NumberSpec): readonly number[] {
  const values: number[] = []
  const next = (value: number) => (scale === 'log' && step !== undefined ? value * step : value + (step ?? 1))
  for (let value = low; value <= high * (1 + 1e-9); value = next(value)) {
    values.push(kind === 'int' ? Math.round(value) : Number(value.toPrecision(9)))
  }
  return values
}
