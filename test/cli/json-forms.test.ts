import { expect, test } from 'vitest'
import { toShowJson, toStudyJson, toTrialJson, toTrialsJson } from '../../src/cli/json-forms.ts'
import { failedTrial, metric, studyRecord, summaryOf, trial } from './records.ts'

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value))

test('a trial', () => {
  expect(asJson(toTrialJson('boston', trial(3, 2)))).toEqual({
    study: 'boston',
    trial: 3,
    status: 'complete',
    value: 2,
    params: { dropout: 0.25, units: 16, layers: 2 },
    metrics: {
      loss: { mean: 1, std: 0.5, se: 0.25, folds: [1, 1] },
      val_loss: { mean: 2, std: 0.5, se: 0.25, folds: [2, 2] },
      val_mae: { mean: 1, std: 0.5, se: 0.25, folds: [1, 1] },
    },
    bestEpoch: 7,
  })
})

test('what is not a number is null', () => {
  const { value, metrics } = asJson(
    toTrialJson('boston', trial(0, Number.NaN, { metrics: { val_mae: metric(Number.NaN, Number.POSITIVE_INFINITY) } })),
  )
  expect(value).toBeNull()
  expect(metrics.val_mae).toMatchObject({ mean: null, folds: [null, null] })
})

test('a failed trial has no value, and its cause', () => {
  expect(asJson(toTrialJson('boston', failedTrial(1, 'boom')))).toMatchObject({
    status: 'failed',
    value: null,
    bestEpoch: null,
    metrics: {},
    cause: { code: 'model/threw', message: 'boom' },
  })
})

test('trials are in rank order, failed ones last', () => {
  const trials = [failedTrial(0, 'boom'), trial(1, 3), trial(2, 1), trial(3, 2, { status: 'pruned' })]
  const ranked = toTrialsJson(summaryOf(studyRecord(), trials), trials)
  expect(ranked.map((one) => one.trial)).toEqual([2, 1, 3, 0])
  const maximized = studyRecord({ objective: { metric: 'val_accuracy', direction: 'maximize' } })
  expect(toTrialsJson(summaryOf(maximized, trials), trials).map((one) => one.trial)).toEqual([1, 2, 3, 0])
})

test('a line of the list', () => {
  const summary = summaryOf(studyRecord(), [])
  expect(toStudyJson(summary)).toEqual({ study: 'boston', status: 'complete', trials: 0, value: null })
  expect(toStudyJson({ ...summary, value: 2.5 }).value).toBe(2.5)
})

const run = { startedAt: 0, finishedAt: 100, workers: 2, busyMs: 150 }

test('a study', () => {
  const folds = [
    { fold: 0, status: 'complete', curve: [], engine: 'tfjs', backend: 'wasm', durationMs: 40, attempts: 1 },
    { fold: 1, status: 'complete', curve: [], engine: 'tfjs', backend: 'wasm', durationMs: 60, attempts: 1 },
  ] as const
  const trials = [trial(0, 2, { folds }), failedTrial(1, 'boom')]
  const shown = asJson(toShowJson(summaryOf(studyRecord(), trials), trials, [run]))
  expect(shown).toMatchObject({
    study: 'boston',
    status: 'complete',
    space: { dropout: { kind: 'float' }, units: { kind: 'choice' }, layers: { kind: 'fixed' } },
    tuner: { name: 'randomSearch', options: { trials: 4 } },
    seed: 0,
    counts: { complete: 1, failed: 1 },
    engines: [
      { trial: 0, engine: 'tfjs', backend: 'wasm' },
      { trial: 1, engine: null, backend: null },
    ],
    durations: {
      trainingMs: 100,
      trials: [
        { trial: 0, trainingMs: 100 },
        { trial: 1, trainingMs: 0 },
      ],
    },
    environment: { node: '20.19.0' },
    best: { trial: 0, value: 2 },
  })
  expect(toShowJson(summaryOf(studyRecord(), []), [], []).best).toBeNull()
})
