import { expect, test } from 'vitest'
import { Progress } from '../../src/cli/progress.ts'
import type { StudyEvent } from '../../src/storage/events.ts'
import { metric, studyRecord, studyStart, trial } from './records.ts'

/** A run under a clock that the test moves. */
function follow(start = studyStart()) {
  let now = 0
  const progress = new Progress(start, { now: () => now })
  return {
    progress,
    wait(ms: number) {
      now += ms
    },
    apply: (...events: StudyEvent[]) => events.map((event) => progress.apply(event)).at(-1),
  }
}

const started = (number: number): StudyEvent => {
  const params = { dropout: 0.1, units: 16, layers: 2 }
  return { type: 'trial-started', trial: number, params, epochs: 10, at: 0 }
}
const foldStarted = (number: number, fold: number): StudyEvent => {
  return { type: 'fold-started', trial: number, fold, fromEpoch: 0 }
}
const epoch = (number: number, fold: number, at: number, loss = 1): StudyEvent => {
  return { type: 'epoch-finished', trial: number, fold, epoch: at, metrics: { val_loss: loss } }
}
const foldFinished = (number: number, fold: number): StudyEvent => {
  return { type: 'fold-finished', trial: number, fold, status: 'complete', durationMs: 1 }
}
const finished = (number: number, value: number): StudyEvent => {
  const metrics = { val_loss: metric(value) }
  return { type: 'trial-finished', trial: number, status: 'complete', value, metrics, at: 0 }
}

test('running folds show their last epoch', () => {
  const { progress, apply } = follow()
  apply(started(0), foldStarted(0, 0), foldStarted(0, 1), epoch(0, 1, 1, 5), epoch(0, 1, 2, 4))
  expect(progress.snapshot().running).toEqual([
    { trial: 0, fold: 1, epoch: 0, epochs: 10, value: undefined, silentMs: undefined },
    { trial: 0, fold: 2, epoch: 2, epochs: 10, value: 4, silentMs: undefined },
  ])
  apply(foldFinished(0, 1))
  expect(progress.snapshot().running.map(({ fold }) => fold)).toEqual([1])
})

test('the fraction counts trials under way by their epochs', () => {
  const { progress, apply } = follow()
  expect(progress.snapshot()).toMatchObject({ finished: 0, planned: 4, fraction: 0 })
  apply(started(0), foldStarted(0, 0), ...[1, 2, 3, 4, 5].map((at) => epoch(0, 0, at)))
  expect(progress.snapshot().fraction).toBeCloseTo(0.25 * 0.25, 12)
  apply(foldFinished(0, 0), foldStarted(0, 1), foldFinished(0, 1), finished(0, 3))
  expect(progress.snapshot()).toMatchObject({ finished: 1, fraction: 0.25 })
})

test('a finished trial is handed out, and the best is kept', () => {
  const { progress, apply } = follow()
  expect(apply(started(0))).toBeUndefined()
  expect(apply(finished(0, 3))).toMatchObject({ number: 0, status: 'complete', value: 3 })
  apply(started(1), finished(1, 5))
  expect(progress.snapshot().best?.number).toBe(0)
  apply(started(2), finished(2, 1))
  expect(progress.snapshot().best?.number).toBe(2)
})

test('the greater is the better where the study says so', () => {
  const record = studyRecord({ objective: { metric: 'val_accuracy', direction: 'maximize' } })
  const { progress, apply } = follow(studyStart({ record }))
  apply(started(0), finished(0, 0.5), started(1), finished(1, 0.9), started(2), finished(2, 0.7))
  expect(progress.snapshot().best?.number).toBe(1)
})

test('time left is unknown until a fold has shown how long it takes', () => {
  const { progress, apply, wait } = follow()
  apply(started(0), foldStarted(0, 0))
  wait(4000)
  apply(epoch(0, 0, 1))
  for (let at = 2; at <= 5; at++) {
    wait(1000)
    apply(epoch(0, 0, at))
  }
  expect(progress.snapshot().leftMs).toBeUndefined()
  // Stopped early: five epochs a fold, a second each. Seven folds are left.
  apply(foldFinished(0, 0))
  expect(progress.snapshot()).toMatchObject({ elapsedMs: 8000, leftMs: 7 * 5 * 1000 })
  apply(foldStarted(0, 1), epoch(0, 1, 1), epoch(0, 1, 2))
  expect(progress.snapshot().leftMs).toBeCloseTo((33 * 4000) / 6, 6)
})

test('work of earlier runs counts, an interrupted trial is not shown as running before it runs', () => {
  const { value: _, ...unfinished } = trial(1, 0, { status: 'running', metrics: {}, folds: [] })
  const { progress } = follow(studyStart({ trials: [trial(0, 2), unfinished] }))
  expect(progress.snapshot()).toMatchObject({ finished: 1, planned: 4, running: [], best: { number: 0 } })
})

test('nobody can tell the end of a study whose tuner does not', () => {
  const record = studyRecord({ tuner: { name: 'other', options: {} } })
  const { progress } = follow(studyStart({ record }))
  expect(progress.snapshot()).toMatchObject({ planned: undefined, fraction: undefined, leftMs: undefined })
})

test('where the tuner plans epochs they are what is counted', () => {
  const brackets = [
    [
      { trials: 3, epochs: 2 },
      { trials: 1, epochs: 6 },
    ],
    [{ trials: 1, epochs: 6 }],
  ]
  const { progress, apply, wait } = follow(studyStart({ brackets }))
  expect(progress.snapshot()).toMatchObject({ planned: 4, fraction: 0, leftMs: undefined })
  apply(started(0), foldStarted(0, 0), epoch(0, 0, 1))
  for (let at = 2; at <= 4; at++) {
    wait(1000)
    apply(epoch(0, 0, at))
  }
  // 3 x 2 + 4 + 6 epochs in each of two folds, a second each.
  expect(progress.snapshot()).toMatchObject({ fraction: 4 / 32, leftMs: 28_000 })
})

test('a fold that is silent for far longer than usual is noticed, and forgotten when it reports', () => {
  const { progress, apply, wait } = follow()
  const silences = () => progress.snapshot().running.map(({ silentMs }) => silentMs)
  apply(started(0), foldStarted(0, 0), foldStarted(0, 1))
  wait(299_000)
  expect(silences()).toEqual([undefined, undefined])
  apply(epoch(0, 0, 1))
  wait(2000)
  apply(epoch(0, 0, 2))
  // Ten times the longest pause yet, which was that before the first report.
  wait(2_990_000 - 2000)
  expect(silences()).toEqual([undefined, 3_289_000])
  wait(5000)
  expect(silences()).toEqual([2_993_000, 3_294_000])
  apply(epoch(0, 1, 1))
  // So long a pause is now a usual one.
  expect(silences()).toEqual([undefined, undefined])
})

test('where epochs are short, a minute of silence is worth a word', () => {
  const { progress, apply, wait } = follow()
  apply(started(0), foldStarted(0, 0), epoch(0, 0, 1))
  wait(60_000)
  expect(progress.snapshot().running[0]?.silentMs).toBeUndefined()
  wait(1)
  expect(progress.snapshot().running[0]?.silentMs).toBe(60_001)
})
