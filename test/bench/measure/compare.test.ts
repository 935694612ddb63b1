import { describe, expect, it } from 'vitest'
import { against, best } from '../../../bench/measure/compare.ts'
import { median } from '../../../bench/measure/median.ts'

const row = (what: string, unit: string, value: number, threads: number) => ({
  case: 'any',
  what,
  unit,
  value,
  threads,
})
const rows = [
  row('ours', 'trials/min', 40, 1),
  row('ours', 'trials/min', 60, 2),
  row('theirs', 'trials/min', 3, 1),
  row('theirs', 'trials/min', 2, 2),
  row('theirs', 'ms/step', 9, 1),
  row('theirs', 'ms/step', 8, 2),
]

describe('comparing', () => {
  it('takes the setting that is best in a unit', () => {
    expect(best(rows, 'theirs', 'trials/min')).toMatchObject({ value: 3, threads: 1 })
    expect(best(rows, 'theirs', 'ms/step')).toMatchObject({ value: 8, threads: 2 })
  })

  it('sets the best against the best', () => {
    expect(against(rows, 'ours', ['theirs'], 'trials/min')).toEqual([
      { ...row('ours', 'trials/min', 60, 2), reference: 'theirs', ratio: 20 },
    ])
  })

  it('says nothing of what was not measured', () => {
    expect(against(rows, 'ours', ['theirs'], 'ms/step')).toEqual([])
    expect(against(rows, 'theirs', ['nobody'], 'ms/step')).toEqual([])
  })
})

describe('median', () => {
  it('is the middle one, or the mean of the two in the middle', () => {
    expect(median([3, 100, 1])).toBe(3)
    expect(median([4, 1, 2, 100])).toBe(3)
  })
})
