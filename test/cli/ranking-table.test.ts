import { expect, test } from 'vitest'
import { rankingTable } from '../../src/cli/ranking-table.ts'
import { failedTrial, studyRecord, trial } from './records.ts'

test('the best first, with spread, and only the parameters that were searched', () => {
  const trials = [trial(0, 12.5), trial(1, 9.5), trial(2, 11)]
  expect(rankingTable(studyRecord(), trials, 2)).toEqual([
    '   trial       val_loss        val_mae  epoch  dropout  units',
    '1      1  9.500 ± 0.500  4.750 ± 0.500      7     0.25     16',
    '2      2    11 ± 0.5000  5.500 ± 0.500      7     0.25     16',
    'and 1 more',
  ])
})

test('what has no rank is told in words, equal causes together', () => {
  const trials = [
    trial(0, 1),
    failedTrial(1, 'boom'),
    trial(2, 3, { status: 'pruned' }),
    failedTrial(3, 'boom'),
    failedTrial(4, 'other\n  lines'),
  ]
  expect(rankingTable(studyRecord(), trials, 10).slice(2)).toEqual([
    '',
    'trial 1, 3 failed: model/threw: boom',
    'trial 2 pruned',
    'trial 4 failed: model/threw: other lines',
  ])
})

test('no complete trial, no table', () => {
  expect(rankingTable(studyRecord(), [failedTrial(0, 'boom')], 10)).toEqual([
    'No trial is complete.',
    '',
    'trial 0 failed: model/threw: boom',
  ])
})
