import { expect, test } from 'vitest'
import { nameAmong, type SweepPlan } from '../../src/cli/sweep-name.ts'
import { studyRecord } from './records.ts'

const plan: SweepPlan = {
  dataPath: '/data/boston.csv',
  name: undefined,
  usualName: 'boston-sweep',
  options: { target: 'medv', drop: [], ranges: { dropout: '0,0.2' }, folds: 5, epochs: 100, patience: 10, trials: 30 },
  seed: undefined,
  tuner: undefined,
}

function kept(name: string, options: object = {}) {
  const source = { kind: 'sweep', dataPath: plan.dataPath, options: { ...plan.options, ...options, name } } as const
  return studyRecord({ name, source: source as never })
}

test('a free name, or the very sweep that there is', () => {
  expect(nameAmong([], plan)).toBe('boston-sweep')
  expect(nameAmong([kept('boston-sweep')], plan)).toBe('boston-sweep')
})

test('another sweep of the same table gets a number', () => {
  const others = [kept('boston-sweep', { folds: 4 }), kept('boston-sweep-2', { target: 'crim' })]
  expect(nameAmong(others, plan)).toBe('boston-sweep-3')
  expect(nameAmong([...others, kept('boston-sweep-3')], plan)).toBe('boston-sweep-3')
})

test('more trials are the same sweep; another seed, tuner, table or kind of study is not', () => {
  expect(nameAmong([kept('boston-sweep', { trials: 10 })], plan)).toBe('boston-sweep')
  expect(nameAmong([kept('boston-sweep')], { ...plan, seed: 0 })).toBe('boston-sweep')
  expect(nameAmong([kept('boston-sweep')], { ...plan, seed: 1 })).toBe('boston-sweep-2')
  expect(nameAmong([kept('boston-sweep')], { ...plan, tuner: 'gridSearch' })).toBe('boston-sweep-2')
  expect(nameAmong([kept('boston-sweep')], { ...plan, dataPath: '/other/boston.csv' })).toBe('boston-sweep-2')
  expect(nameAmong([studyRecord({ name: 'boston-sweep' })], plan)).toBe('boston-sweep-2')
})

test('a name that was asked for is taken or refused', () => {
  expect(nameAmong([kept('other')], { ...plan, name: 'mine' })).toBe('mine')
  expect(nameAmong([kept('mine')], { ...plan, name: 'mine' })).toBe('mine')
  expect(() => nameAmong([kept('mine', { folds: 4 })], { ...plan, name: 'mine' })).toThrow(
    expect.objectContaining({ code: 'study/changed' }),
  )
})
