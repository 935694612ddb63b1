import { describe, expect, it } from 'vitest'
import { choice, fixed, float, int, type Parameter } from '../../src/search-space/parameter.ts'
import { parseRange } from '../../src/search-space/parse-range.ts'
import { caught } from './caught.ts'

describe('parseRange', () => {
  it.each<[string, 'float' | 'int', Parameter]>([
    ['0:0.6', 'float', float(0, 0.6)],
    ['1:3', 'float', float(1, 3)],
    ['1:3', 'int', int(1, 3)],
    ['-1:1', 'float', float(-1, 1)],
    ['1e-4:1e-1:log', 'float', float(1e-4, 1e-1, { scale: 'log' })],
    ['0.9:.999:reverse-log', 'float', float(0.9, 0.999, { scale: 'reverse-log' })],
    ['0:1:linear', 'float', float(0, 1, { scale: 'linear' })],
    ['16:256:log', 'int', int(16, 256, { scale: 'log' })],
    ['0:0.6:0.15', 'float', float(0, 0.6, { step: 0.15 })],
    ['16:256:16', 'int', int(16, 256, { step: 16 })],
    ['16:256:log:2', 'int', int(16, 256, { scale: 'log', step: 2 })],
    ['0:10:linear:2', 'int', int(0, 10, { step: 2 })],
    ['16,32,64', 'int', choice([16, 32, 64])],
    ['64, 16 ,32', 'int', choice([16, 32, 64])],
    ['0,0.15,0.3,0.45', 'float', choice([0, 0.15, 0.3, 0.45])],
    ['0.2', 'float', fixed(0.2)],
    [' 1e3 ', 'int', fixed(1000)],
  ])('%s as %s', (text, kind, expected) => {
    expect(parseRange('x', text, kind).spec).toEqual(expected.spec)
  })

  it.each<[string, 'float' | 'int', string]>([
    ['', 'float', '"" is not a number'],
    ['low:high', 'float', '"low" is not a number'],
    ['0:', 'float', '"" is not a number'],
    ['1,,2', 'float', '"" is not a number'],
    ['0..6', 'float', '"0..6" is not a number'],
    ['0x10', 'int', '"0x10" is not a number'],
    ['0:Infinity', 'float', '"Infinity" is not a number'],
    ['0:1e999', 'float', '"1e999" is not a number'],
    ['0-0.6', 'float', '"0-0.6" is not a number'],
    ['1.5:3', 'int', '1.5 is not a whole number'],
    ['8,16.5', 'int', '16.5 is not a whole number'],
    ['0:1:lin', 'float', '"lin" is neither a scale'],
    ['1:9:log:fast', 'float', 'the step "fast" is not a number'],
    ['1:9:log:', 'float', 'the step "" is not a number'],
    ['1:9:log:2:3', 'float', 'too many parts'],
    ['1:9:2:log', 'float', 'too many parts'],
    ['256:16', 'int', 'low < high'],
    ['3:3', 'int', 'low < high'],
    ['0:1:log', 'float', 'needs low > 0'],
    ['0:1:5', 'float', 'larger than the range'],
    ['1:9:2.5', 'int', 'whole step'],
    ['16,16', 'int', 'repeat'],
  ])('refuses "%s" as %s: %s', (text, kind, reason) => {
    const error = caught(() => parseRange('batchSize', text, kind))
    expect(error.code).toBe('command/bad-range')
    expect(error.message).toContain(`--batch-size is "${text}", expected `)
    expect(error.message).toContain(reason)
  })

  it('gives two examples that are right', () => {
    for (const kind of ['float', 'int'] as const) {
      const hint = caught(() => parseRange('learning-rate', 'x', kind)).hint ?? ''
      const examples = [...hint.matchAll(/--learning-rate (\S+?)(?= or |\.$)/g)].map(([, example]) => example ?? '')
      expect(examples).toHaveLength(2)
      expect(examples.map((example) => parseRange('learning-rate', example, kind).spec.kind)).toEqual([kind, 'choice'])
    }
  })
})
