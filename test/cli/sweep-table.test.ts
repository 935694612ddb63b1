import { expect, test } from 'vitest'
import { sweepTable } from '../../src/cli/sweep-table.ts'
import { choice, fixed, float, int } from '../../src/search-space/parameter.ts'
import { Space } from '../../src/search-space/space.ts'
import { failedTrial, studyRecord, trial } from './records.ts'

const record = (declaration: Parameters<typeof Space.declare>[0]) =>
  studyRecord({ space: Space.declare(declaration).toJSON() as never })

test('two lists make a table of one against the other', () => {
  const study = record({ dropout: choice([0, 0.2]), learningRate: choice([0.001, 0.01]), layers: fixed(2) })
  const at = (number: number, dropout: number, learningRate: number, value: number) =>
    trial(number, value, { params: { dropout, learningRate, layers: 2 } })
  const trials = [at(0, 0, 0.001, 4.5), at(1, 0, 0.01, 2.25), at(2, 0.2, 0.001, 3.125), failedTrial(3, 'boom')]
  expect(sweepTable(study, trials)).toEqual([
    'val_loss by dropout (down) and learningRate (across), * the best',
    '',
    'dropout    0.001     0.01',
    '      0  4.500    2.250 *',
    '    0.2  3.125',
  ])
})

test('one list makes one table by its values', () => {
  const study = record({ dropout: choice([0, 0.2]), layers: fixed(2) })
  const trials = [trial(0, 4.5, { params: { dropout: 0 } }), trial(1, 2.5, { params: { dropout: 0.2 } })]
  expect(sweepTable(study, trials)).toEqual([
    'val_loss by dropout, * the best',
    '',
    'dropout  trials   mean     best',
    '      0       1  4.500  4.500',
    '    0.2       1  2.500  2.500 *',
  ])
})

test('a range is cut into parts on its scale, each trial in exactly one', () => {
  const study = record({ learningRate: float(1e-4, 1, { scale: 'log' }), layers: int(1, 3) })
  const rates = [1e-4, 5e-4, 5e-2, 1]
  const trials = rates.map((learningRate, i) => trial(i, 4.5 - i, { params: { learningRate, layers: 1 + (i % 3) } }))
  expect(sweepTable(study, trials)).toEqual([
    'val_loss by learningRate, * the best',
    '',
    '   learningRate  trials   mean     best',
    '0.0001 to 0.001       2      4  3.500',
    '    0.01 to 0.1       1  2.500  2.500',
    '       0.1 to 1       1  1.500  1.500 *',
    '',
    'val_loss by layers, * the best',
    '',
    'layers  trials   mean     best',
    '     1       2      3  1.500 *',
    '     2       1  3.500  3.500',
    '     3       1  2.500  2.500',
  ])
})

test('the greatest is the best of what is maximized', () => {
  const study = {
    ...record({ dropout: choice([0, 0.2]) }),
    objective: { metric: 'val_accuracy', direction: 'maximize' },
  }
  const trials = [trial(0, 0.75, { params: { dropout: 0 } }), trial(1, 0.5, { params: { dropout: 0.2 } })]
  expect(sweepTable(study as never, trials).filter((line) => line.endsWith('*'))).toEqual([
    '      0       1  0.7500  0.7500 *',
  ])
})

test('nothing complete, nothing to compare', () => {
  expect(sweepTable(record({ dropout: choice([0, 0.2]) }), [failedTrial(0, 'boom')])).toEqual([])
})
