import { describe, expectTypeOf, it } from 'vitest'
import type { Params } from '../../src/core/params.ts'
import { HyperParameters } from '../../src/search-space/hp.ts'
import type { ParamsOf, SpaceDeclaration } from '../../src/search-space/infer.ts'
import {
  boolean,
  choice,
  fixed,
  float,
  int,
  layerWidths,
  list,
  type Parameter,
} from '../../src/search-space/parameter.ts'

const space = {
  rate: float(0, 1),
  units: int(1, 64),
  optimizer: choice(['adam', 'sgd']),
  batch: choice([8, 16, 32]),
  mixed: choice(['auto', 1, true]),
  bias: boolean(),
  activation: fixed('relu'),
  widths: layerWidths({ layers: [1, 3], width: [8, 64] }),
  drops: list(float(0, 0.5), { length: 'units' }),
  momentum: float(0, 1).when('optimizer', 'sgd'),
  schedule: choice(['cosine', 'step']).when('optimizer', 'sgd').when('bias', true),
  extra: layerWidths({ layers: [1, 3], width: [8, 64] }).when('bias', true),
}
type Inferred = ParamsOf<typeof space>

describe('params inferred from a space', () => {
  it('have a value for every parameter', () => {
    expectTypeOf<Inferred['rate']>().toEqualTypeOf<number>()
    expectTypeOf<Inferred['units']>().toEqualTypeOf<number>()
    expectTypeOf<Inferred['bias']>().toEqualTypeOf<boolean>()
  })

  it('have the union of the literals for a choice, and the literal for a constant', () => {
    expectTypeOf<Inferred['optimizer']>().toEqualTypeOf<'adam' | 'sgd'>()
    expectTypeOf<Inferred['batch']>().toEqualTypeOf<8 | 16 | 32>()
    expectTypeOf<Inferred['mixed']>().toEqualTypeOf<'auto' | 1 | true>()
    expectTypeOf<Inferred['activation']>().toEqualTypeOf<'relu'>()
  })

  it('have read-only numbers for lists', () => {
    expectTypeOf<Inferred['widths']>().toEqualTypeOf<readonly number[]>()
    expectTypeOf<Inferred['drops']>().toEqualTypeOf<readonly number[]>()
  })

  it('make a conditional parameter optional and keep what it can be', () => {
    expectTypeOf<Inferred['momentum']>().toEqualTypeOf<number | undefined>()
    expectTypeOf<Inferred['schedule']>().toEqualTypeOf<'cosine' | 'step' | undefined>()
    expectTypeOf<Inferred['extra']>().toEqualTypeOf<readonly number[] | undefined>()
    expectTypeOf<ParamsOf<{ a: Parameter<number, false>; b: Parameter<'x', true> }>>().toEqualTypeOf<{
      readonly a: number
      readonly b?: 'x'
    }>()
  })

  it('keep the literals of a choice under a condition', () => {
    expectTypeOf(choice(['x', 'y']).when('p', 1)).toEqualTypeOf<Parameter<'x' | 'y', true>>()
    expectTypeOf(choice(['x', 'y']).when('p', 1).when('q', 2)).toEqualTypeOf<Parameter<'x' | 'y', true>>()
  })

  it('are any params where the space is not known', () => {
    expectTypeOf<ParamsOf<SpaceDeclaration>>().toEqualTypeOf<Params>()
  })

  it('cannot be written, nor read under another name', () => {
    const params = {} as Inferred
    // @ts-expect-error params are read-only
    params.rate = 1
    // @ts-expect-error there is no such parameter
    expectTypeOf(params.dropout).toBeAny()
    // @ts-expect-error a conditional parameter may be absent
    expectTypeOf<number>(params.momentum)
  })
})

describe('declarations that do not compile', () => {
  it('bounds that are no numbers', () => {
    // @ts-expect-error bounds are numbers
    int('a', 1)
    // @ts-expect-error both bounds are needed
    float(0)
  })

  it('unknown scales and options', () => {
    // @ts-expect-error there is no such scale
    float(1, 2, { scale: 'sqrt' })
    // @ts-expect-error KerasTuner's sampling is scale here
    float(1, 2, { sampling: 'log' })
    // @ts-expect-error a choice has no step
    choice([1, 2], { step: 1 })
  })

  it('choices of nothing, of objects, with a default from elsewhere', () => {
    // @ts-expect-error a choice needs a value
    choice([])
    // @ts-expect-error objects are chosen by name
    choice([{}])
    // @ts-expect-error the default is not among the choices
    choice(['a', 'b'], { default: 'c' })
    // @ts-expect-error the default is not among the choices
    choice([8, 16], { default: 9 })
    // @ts-expect-error a boolean's default is a boolean
    boolean({ default: 1 })
  })

  it('lists of texts, of lists, of conditional parameters', () => {
    // @ts-expect-error items are numbers
    list(choice(['a', 'b']), { length: [1, 2] })
    // @ts-expect-error items are numbers
    list(layerWidths({ layers: [1, 2], width: [1, 2] }), { length: [1, 2] })
    // @ts-expect-error items have no conditions of their own
    list(int(1, 2).when('a', 1), { length: [1, 2] })
  })

  it('conditions without a value, and on values that are no literals', () => {
    // @ts-expect-error at least one value
    int(1, 2).when('a')
    // @ts-expect-error a value is a number, a string or a boolean
    int(1, 2).when('a', [1])
  })
})

describe('hp', () => {
  it('answers with the types of the parameters', () => {
    const hp = new HyperParameters()
    expectTypeOf(hp.float('a', 0, 1)).toEqualTypeOf<number>()
    expectTypeOf(hp.choice('b', ['x', 'y'])).toEqualTypeOf<'x' | 'y'>()
    expectTypeOf(hp.boolean('c')).toEqualTypeOf<boolean>()
    expectTypeOf(hp.fixed('d', 'relu')).toEqualTypeOf<'relu'>()
    // @ts-expect-error the default is not among the choices
    hp.choice('e', ['x', 'y'], { default: 'z' })
  })
})
