import { describe, expect, it } from 'vitest'
import { growSpace, HyperParameters } from '../../src/search-space/hp.ts'
import { Space } from '../../src/search-space/space.ts'
import { caught } from './caught.ts'

/** A model with a branch: `momentum` is asked for with sgd alone. */
function build(hp: HyperParameters) {
  const units = hp.int('units', 32, 512, { step: 32 })
  const rate = hp.float('rate', 1e-4, 1e-1, { scale: 'log', default: 0.001 })
  const optimizer = hp.choice('optimizer', ['adam', 'sgd'])
  const momentum = optimizer === 'sgd' ? hp.float('momentum', 0, 0.9) : 0
  return { units, rate, optimizer, momentum, bias: hp.boolean('bias', { default: true }), width: hp.fixed('width', 13) }
}

function run(params = {}) {
  const hp = new HyperParameters(params)
  return { built: build(hp), spec: hp.spec, params: hp.params }
}

describe('hp', () => {
  it('finds the space by a run with defaults', () => {
    const { built, spec, params } = run()
    expect(built).toEqual({ units: 288, rate: 0.001, optimizer: 'adam', momentum: 0, bias: true, width: 13 })
    expect(Object.keys(spec)).toEqual(['units', 'rate', 'optimizer', 'bias', 'width'])
    expect(params).toEqual({ units: 288, rate: 0.001, optimizer: 'adam', bias: true, width: 13 })
    expect(new Space(spec).defaults()).toEqual(params)
  })

  it('answers with the values given', () => {
    const given = { units: 64, rate: 0.01, optimizer: 'adam', bias: false, width: 13 }
    const { built, params } = run(given)
    expect(built).toEqual({ ...given, momentum: 0 })
    expect(params).toEqual(given)
  })

  it('grows by what a new branch asks for, answering its default meanwhile', () => {
    const known = run().spec
    const { built, spec, params } = run({ units: 64, rate: 0.01, optimizer: 'sgd', bias: true, width: 13 })
    expect(built.momentum).toBe(0.45)
    expect(params.momentum).toBe(0.45)
    const grown = growSpace(known, spec)
    expect(Object.keys(grown)).toEqual(['units', 'rate', 'optimizer', 'bias', 'width', 'momentum'])
    expect(grown.momentum?.when).toBeUndefined()
    expect(known).not.toHaveProperty('momentum')
  })

  it('leaves trials from before readable, the new parameter being absent there', () => {
    const before = run()
    const grown = new Space(growSpace(before.spec, run({ optimizer: 'sgd' }).spec))
    const point = grown.encode(before.params)
    const absent = grown.dimensions.filter((_, i) => Number.isNaN(point[i])).map(({ name }) => name)
    expect(absent).toEqual(['momentum'])
    expect(grown.key(before.params)).not.toBe(grown.key({ ...before.params, momentum: 0.45 }))
  })

  it('keeps the very space where nothing is new, parameters of other branches included', () => {
    const grown = growSpace(run().spec, run({ optimizer: 'sgd' }).spec)
    expect(growSpace(grown, run().spec)).toBe(grown)
  })

  it('answers the same question the same, and refuses another one under its name', () => {
    const hp = new HyperParameters()
    expect(hp.int('units', 1, 9)).toBe(hp.int('units', 1, 9))
    expect(Object.keys(hp.spec)).toEqual(['units'])
    const error = caught(() => hp.int('units', 1, 10))
    expect(error.code).toBe('space/redeclared')
    expect(error.message).toContain('"units" is declared int(1, 10), but was int(1, 9)')
  })

  it('refuses to grow by another declaration of a known name', () => {
    const [known, found] = [new HyperParameters(), new HyperParameters()]
    known.float('rate', 0, 1)
    found.float('rate', 0, 1, { step: 0.5 })
    const error = caught(() => growSpace(known.spec, found.spec))
    expect(error.code).toBe('space/redeclared')
    expect(error.message).toContain('float(0, 1, { step: 0.5 }), but was float(0, 1) before')
  })

  it('refuses a value that its declaration does not allow', () => {
    const hp = new HyperParameters({ units: 100 })
    const error = caught(() => hp.int('units', 1, 64))
    expect(error.code).toBe('space/redeclared')
    expect(error.message).toContain('"units" is 100 in this trial, but is now declared int(1, 64)')
  })

  it('checks each declaration by its name', () => {
    const hp = new HyperParameters()
    expect(caught(() => hp.int('units', 9, 1)).message).toContain('Parameter "units": int(9, 1)')
    expect(caught(() => hp.int('constructor', 1, 9)).code).toBe('space/bad-name')
    expect(hp.spec).toEqual({})
  })

  it('hands out its record, not itself', () => {
    const hp = new HyperParameters()
    hp.boolean('a')
    const before = hp.spec
    hp.boolean('b')
    expect(Object.keys(before)).toEqual(['a'])
  })
})
