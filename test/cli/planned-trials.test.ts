import { expect, test } from 'vitest'
import { plannedTrials } from '../../src/cli/planned-trials.ts'
import { choice, float } from '../../src/search-space/parameter.ts'
import { Space } from '../../src/search-space/space.ts'

const grid = Space.declare({ dropout: choice([0, 0.2, 0.4]), units: choice([16, 32]) }).toJSON() as never
const ranges = Space.declare({ dropout: float(0, 0.6) }).toJSON() as never

test.each([
  ['a grid', grid, 'gridSearch', {}, 6],
  ['a grid that is cut off', grid, 'gridSearch', { trials: 4 }, 4],
  ['more trials than there are configurations', grid, 'randomSearch', { trials: 40 }, 6],
  ['a random search', ranges, 'randomSearch', { trials: 40 }, 40],
  ['a tuner without a number', ranges, 'other', {}, undefined],
])('%s', (_, space, name, options, planned) => {
  expect(plannedTrials({ space, tuner: { name, options } })).toBe(planned)
})
