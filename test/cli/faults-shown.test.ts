import { expect, test } from 'vitest'
import { toShowJson, toWholeTrialJson } from '../../src/cli/json-forms.ts'
import { showLines } from '../../src/cli/show-lines.ts'
import { wholeTrialLines } from '../../src/cli/whole-trial.ts'
import type { FoldRecord, TrialRecord } from '../../src/core/trial.ts'
import { failedTrial, studyRecord, summaryOf, trial } from './records.ts'

const plain = (_: unknown, text: string) => text
const cause = {
  code: 'runner/worker-lost',
  message: 'The worker ended.',
  hint: 'Look for process.exit.',
  stack: 'Error: gone\n    at study.ts:3',
  log: 'epoch 1\nepoch 2',
} as const
const fold: FoldRecord = {
  fold: 1,
  status: 'complete',
  curve: [{ val_loss: 3 }, { val_loss: 2 }],
  bestEpoch: 2,
  metrics: { val_loss: 2 },
  engine: 'simd',
  backend: 'wasm',
  durationMs: 65_000,
  attempts: 3,
  lost: [
    { attempt: 1, durationMs: 4000, cause },
    { attempt: 2, durationMs: 5000, cause: { ...cause, message: 'Again.' } },
  ],
}
const trials: TrialRecord[] = [trial(0, 2, { folds: [fold] }), { ...failedTrial(1, 'boom'), cause }]
const runs = [
  { startedAt: 0, finishedAt: 60_000, workers: 2, busyMs: 120_000 },
  { startedAt: 0, finishedAt: 60_000, workers: 2, busyMs: 96_000 },
]
const summary = summaryOf(studyRecord(), trials)

test('show: how busy the workers were, what was tried again, how to see more', () => {
  const text = showLines(summary, trials, runs, plain).join('\n')
  expect(text).toMatch(/workers +busy 90 % of 2:00, 2 workers, 2 runs/)
  expect(text).toContain(
    'trial 0 fold 2: 3 attempts, lost: runner/worker-lost: The worker ended.; runner/worker-lost: Again.',
  )
  expect(text).toContain('tune show boston --trial 1 --verbose')
  expect(showLines(summary, [trial(0, 2)], [], plain).join('\n')).not.toMatch(/busy|attempts|In full/)
})

test('show --json: the same, with stacks and logs', () => {
  const shown = toShowJson(summary, trials, runs)
  expect(shown.utilization).toMatchObject({ busy: 0.9, runs: [{ busy: 1, workers: 2 }, { busy: 0.8 }] })
  expect(shown.failures).toEqual([
    { trial: 0, status: 'complete', cause: null, folds: [{ fold: 1, attempts: 3, lost: fold.lost }] },
    { trial: 1, status: 'failed', cause, folds: [] },
  ])
  expect(toShowJson(summary, [], []).utilization).toEqual({ busy: null, runs: [] })
})

test('show --trial: folds, and every cause with what the worker printed; the stack where asked for', () => {
  const text = wholeTrialLines(studyRecord(), trials[0] as TrialRecord, false, plain).join('\n')
  expect(text).toContain('boston, trial 0  complete')
  expect(text).toMatch(/2 +complete +2 +2 +2 +3 +1:05 +simd on wasm/)
  expect(text).toContain('Fold 2, attempt 2, lost after 0:05')
  expect(text).toContain('Look for process.exit.')
  expect(text).toContain('    epoch 2')
  expect(text).not.toContain('study.ts:3')
  const failed = wholeTrialLines(studyRecord(), trials[1] as TrialRecord, true, plain).join('\n')
  expect(failed).toContain('study.ts:3')
})

test('show --trial --json: all there is', () => {
  expect(toWholeTrialJson('boston', trials[0] as TrialRecord)).toMatchObject({ trial: 0, value: 2, folds: [fold] })
  expect(toWholeTrialJson('boston', trials[1] as TrialRecord)).toMatchObject({ status: 'failed', cause })
})
