import { describe, expect, it } from 'vitest'
import type { ErrorCode } from '../../src/core/errors.ts'
import type { SpaceDeclaration } from '../../src/search-space/infer.ts'
import { boolean, choice, fixed, float, int, layerWidths, list } from '../../src/search-space/parameter.ts'
import { Space } from '../../src/search-space/space.ts'
import type { ParameterSpec } from '../../src/search-space/spec.ts'
import { caught } from './caught.ts'

/** What a study written without type checking may hold. */
const loose = <T>(value: unknown) => value as T
const raw = (spec: unknown): SpaceDeclaration => ({ x: loose({ spec }) })

const faults: readonly (readonly [ErrorCode, string, SpaceDeclaration])[] = [
  ['space/empty', 'at least one parameter', {}],
  ['space/empty', 'at least one parameter', { x: fixed(1) }],
  ['space/bad-value', '"x" is 5; expected float(...)', { x: loose(5) }],
  ['space/bad-value', '"x" is null', { x: loose(null) }],
  ['space/bad-value', 'unknown kind, "complex"', raw({ kind: 'complex' })],
  ['space/bad-value', 'got NaN (number)', { x: fixed(Number.NaN), y: int(1, 2) }],
  ['space/bad-value', 'got undefined (undefined)', { x: fixed(loose<number>(undefined)), y: int(1, 2) }],
  ['space/bad-name', '"" cannot be', { '': int(1, 2) }],
  ['space/bad-name', '"constructor" cannot be', { constructor: int(1, 2) }],
  ['space/bad-name', '"__proto__" cannot be', Object.fromEntries([['__proto__', int(1, 2)]])],
  [
    'space/bad-name',
    '"x" and "x.length"',
    { x: layerWidths({ layers: [1, 2], width: [1, 8] }), 'x.length': int(1, 2) },
  ],
  ['space/bad-option', 'float has no option "sampling"', { x: float(1, 2, loose({ sampling: 'log' })) }],
  ['space/bad-option', 'choice has no option "step"', { x: choice([1, 2], loose({ step: 1 })) }],
  ['space/bad-option', 'items of a list', { x: list(loose(choice([1, 2])), { length: [1, 2] }) }],
  ['space/bad-option', '"x[]": int has no option "min"', { x: list(int(1, 2, loose({ min: 1 })), { length: [1, 2] }) }],
  ['space/bad-bounds', 'int(9, 8) needs finite numbers with low < high', { x: int(9, 8) }],
  ['space/bad-bounds', 'float(1, 1)', { x: float(1, 1) }],
  ['space/bad-bounds', 'float(0, Infinity)', { x: float(0, Number.POSITIVE_INFINITY) }],
  ['space/bad-bounds', 'float(NaN, 1)', { x: float(Number.NaN, 1) }],
  ['space/bad-bounds', 'float(-1e+308, 1e+308)', { x: float(-1e308, 1e308) }],
  ['space/bad-bounds', 'int(1, undefined)', { x: int(1, loose(undefined)) }],
  ['space/bad-bounds', 'int(1, 2)', { x: int(1, loose('2')) }],
  ['space/bad-bounds', 'whole numbers', { x: int(0.5, 2) }],
  ['space/bad-bounds', '2^40', { x: int(0, 2 ** 41) }],
  ['space/bad-bounds', 'got [3,1]', { x: list(int(1, 2), { length: [3, 1] }) }],
  ['space/bad-bounds', 'got [-1,1]', { x: list(int(1, 2), { length: [-1, 1] }) }],
  ['space/bad-bounds', 'from 0 to 64', { x: list(int(1, 2), { length: [1, 65] }) }],
  ['space/bad-bounds', 'got 3', { x: list(int(1, 2), { length: loose(3) }) }],
  ['space/bad-bounds', '"x[]": int(2, 1)', { x: list(int(2, 1), { length: [1, 2] }) }],
  ['space/bad-scale', 'scale is "logarithmic"', { x: float(1, 2, { scale: loose('logarithmic') }) }],
  ['space/bad-scale', 'log scale needs low > 0, got 0', { x: float(0, 1, { scale: 'log' }) }],
  ['space/bad-scale', 'reverse-log scale needs low > 0', { x: int(-1, 1, { scale: 'reverse-log' }) }],
  ['space/bad-step', 'above 0', { x: int(1, 9, { step: 0 }) }],
  ['space/bad-step', 'step "2"', { x: int(1, 9, { step: loose('2') }) }],
  ['space/bad-step', 'larger than the range', { x: float(0, 1, { step: 2 }) }],
  ['space/bad-step', 'whole step', { x: int(1, 9, { step: 1.5 }) }],
  ['space/bad-step', 'lost in the rounding', { x: float(1, 2, { step: 1e-17 }) }],
  ['space/bad-step', 'a step is a factor', { x: float(1, 9, { scale: 'log', step: 1 }) }],
  ['space/bad-step', 'single value', { x: float(1, 9, { scale: 'log', step: 10 }) }],
  ['space/bad-step', 'from 1 on the factor must be at least 2', { x: int(1, 99, { scale: 'log', step: 1.5 }) }],
  ['space/bad-step', 'reverse-log scale has no steps', { x: float(1, 9, { scale: 'reverse-log', step: 2 }) }],
  ['space/bad-choice', 'at least one value, got []', { x: choice(loose<[number]>([])) }],
  ['space/bad-choice', 'got [object Object] (object)', { x: choice(loose<[number]>([{}])) }],
  ['space/bad-choice', 'got Infinity (number)', { x: choice([1, Number.POSITIVE_INFINITY]) }],
  ['space/bad-choice', '1, 2, 1 repeat', { x: choice([1, 2, 1]) }],
  ['space/bad-default', 'the default is 3, expected a number from 0 to 1', { x: float(0, 1, { default: 3 }) }],
  ['space/bad-default', 'a whole number from 0 to 4', { x: int(0, 4, { default: 1.5 }) }],
  ['space/bad-default', 'from 0 to 9 in steps of 3', { x: int(0, 9, { step: 3, default: 4 }) }],
  ['space/bad-default', 'each 2 times', { x: int(1, 8, { scale: 'log', step: 2, default: 3 }) }],
  ['space/bad-default', '"c" is not among a, b', { x: choice(['a', 'b'], { default: loose('c') }) }],
  ['space/bad-default', '1 to 2 items', { x: list(int(1, 9), { length: [1, 2], default: [1, 2, 3] }) }],
  ['space/bad-default', 'each a whole number from 1 to 9', { x: list(int(1, 9), { length: [1, 2], default: [10] }) }],
  ['space/bad-condition', 'not in the space', { x: int(1, 2).when('y', 1) }],
  ['space/bad-condition', 'not in the space', { x: int(1, 2).when('toString', 1) }],
  ['space/bad-condition', '"y", a float', { x: int(1, 2).when('y', 1), y: float(0, 1) }],
  ['space/bad-condition', '"y", a list', { x: int(1, 2).when('y', 1), y: list(int(1, 2), { length: [1, 2] }) }],
  ['space/bad-condition', '"y" to be "c", which it never is', { x: int(1, 2).when('y', 'c'), y: choice(['a', 'b']) }],
  ['space/bad-condition', 'to be 1, which', { x: int(1, 2).when('y', 1), y: boolean() }],
  ['space/bad-condition', 'to be 3, which', { x: int(1, 2).when('y', 3), y: int(0, 10, { step: 5 }) }],
  ['space/bad-condition', 'to be 2, which', { x: int(1, 2).when('y', 2), y: fixed(1) }],
  ['space/bad-condition', 'one of no values', { x: int(1, 2).when('y', ...loose<[1]>([])), y: boolean() }],
  ['space/bad-condition', 'circle: "x" on "x"', { x: int(1, 2).when('x', 1) }],
  [
    'space/bad-condition',
    'circle: "x" on "y" on "z" on "x"',
    { x: int(1, 2).when('y', 1), y: int(1, 2).when('z', 1), z: int(1, 2).when('x', 1) },
  ],
  ['space/bad-condition', 'bound to "y"', { x: list(int(1, 2), { length: 'y' }), y: choice([1, 2]) }],
  ['space/bad-condition', 'between 0 and 64', { x: list(int(1, 2), { length: 'y' }), y: int(1, 65) }],
  ['space/bad-condition', 'not in the space', { x: list(int(1, 2), { length: 'y' }) }],
  [
    'space/bad-condition',
    'no conditions of their own',
    { x: list(loose(int(1, 2).when('y', true)), { length: [1, 2] }), y: boolean() },
  ],
]

describe('a faulty declaration', () => {
  it.each(faults)('%s: %s', (code, text, declaration) => {
    const error = caught(() => Space.declare(declaration))
    expect(error.message).toContain(text)
    expect(error.code).toBe(code)
    if (code !== 'space/empty' && 'x' in declaration) expect(error.message).toContain('"x')
  })

  it('is told what to do about it', () => {
    const hint = (declaration: SpaceDeclaration) => caught(() => Space.declare(declaration)).hint
    expect(hint({ x: float(1, 1) })).toBe('For a constant write fixed(1).')
    expect(hint({ x: int(0.5, 2) })).toContain('float(0.5, 2)')
    expect(hint({ x: float(1, 2, loose({ sampling: 'log' })) })).toContain('scale')
    expect(hint({ x: int(1, 2).when('y', 1), z: boolean() })).toBe('The space has: x, z.')
  })
})

describe('a sound declaration', () => {
  it.each<[string, ParameterSpec]>([
    ['bounds of any sign', float(-1, -0.5).spec],
    ['the widest int', int(-(2 ** 40), 2 ** 40).spec],
    ['a default on a computed step', float(0, 1, { step: 0.1, default: 0.1 + 0.2 }).spec],
    ['a default of zero', float(-0.3, 0.3, { step: 0.1, default: 0 }).spec],
    ['a list of one length, even none', list(int(1, 2), { length: [0, 0] }).spec],
    ['a choice of one value', choice(['a']).spec],
    ['a fixed empty text', fixed('').spec],
  ])('may have %s', (_, spec) => {
    expect(new Space({ x: spec }).names).toEqual(['x'])
  })
})
