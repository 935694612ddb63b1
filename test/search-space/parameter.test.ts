import { describe, expect, it } from 'vitest'
import { boolean, choice, fixed, float, int, layerWidths, list } from '../../src/search-space/parameter.ts'

describe('parameters', () => {
  it('are plain JSON in their spec', () => {
    expect(float(0, 1).spec).toEqual({ kind: 'float', low: 0, high: 1, scale: 'linear' })
    expect(int(1, 64, { scale: 'log', step: 2, default: 8 }).spec).toEqual({
      kind: 'int',
      low: 1,
      high: 64,
      scale: 'log',
      step: 2,
      default: 8,
    })
    expect(choice(['a', 'b'], { default: 'b' }).spec).toEqual({
      kind: 'choice',
      values: ['a', 'b'],
      ordered: false,
      default: 'b',
    })
    expect(boolean({ default: true }).spec).toEqual({
      kind: 'choice',
      values: [false, true],
      ordered: false,
      default: true,
    })
    expect(fixed('relu').spec).toEqual({ kind: 'fixed', value: 'relu' })
    expect(list(float(0, 1), { length: 'n' }).spec).toEqual({ kind: 'list', item: float(0, 1).spec, length: 'n' })
    expect(layerWidths({ layers: [1, 4], width: [8, 512] }).spec).toEqual({
      kind: 'list',
      item: int(8, 512, { scale: 'log' }).spec,
      length: [1, 4],
    })
  })

  it('take numbers that only rise or only fall as ordered, unless told otherwise', () => {
    const ordered = (parameter: { spec: unknown }) => (parameter.spec as { ordered: boolean }).ordered
    expect(ordered(choice([8, 16, 64]))).toBe(true)
    expect(ordered(choice([0.1, 0.01, 0.001]))).toBe(true)
    expect(ordered(choice([8, 64, 16]))).toBe(false)
    expect(ordered(choice([8, '16']))).toBe(false)
    expect(ordered(choice([8, 16], { ordered: false }))).toBe(false)
    expect(ordered(choice(['s', 'm', 'l'], { ordered: true }))).toBe(true)
  })

  it('collect conditions without touching the parameter they came from', () => {
    const plain = float(0, 1)
    const once = plain.when('optimizer', 'sgd', 'momentum')
    const twice = once.when('layers', 2)
    expect(plain.spec.when).toBeUndefined()
    expect(once.spec.when).toEqual([{ parameter: 'optimizer', values: ['sgd', 'momentum'] }])
    expect(twice.spec.when).toEqual([...(once.spec.when ?? []), { parameter: 'layers', values: [2] }])
  })
})
