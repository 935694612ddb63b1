import { describe, expect, test } from 'vitest'
import type { FoldRecord, TrialRecord } from '../../../src/core/trial.ts'
import { BusyTime, busyFraction } from '../../../src/study/scheduling/busy-time.ts'
import { ExpectedWork } from '../../../src/study/scheduling/expected-work.ts'
import { FoldQueue } from '../../../src/study/scheduling/fold-queue.ts'

const task = (trial: number, fold = 0, alone = false) => ({ trial, fold, alone })

const any = () => true

describe('a queue of folds', () => {
  test('gives the longest first, of equals the first', () => {
    const queue = new FoldQueue()
    queue.add(task(0), task(1), task(2), task(3), task(4))
    const work = [2, 5, 1, 5, 2]
    const taken = Array.from({ length: 6 }, () => queue.takeLongest(({ trial }) => work[trial] ?? 0, any)?.trial)
    expect(taken).toEqual([1, 3, 0, 4, 2, undefined])
  })

  test('passes over what may not start yet', () => {
    const queue = new FoldQueue()
    queue.add(task(0, 0), task(0, 1), task(1, 1))
    const first = () =>
      queue.takeLongest(
        ({ trial }) => trial,
        ({ fold }) => fold === 0,
      )
    expect([first(), first()]).toEqual([task(0, 0), undefined])
    expect(queue.takeLongest(({ trial }) => trial, any)).toEqual(task(1, 1))
  })

  test('knows what must run alone, and drops a trial', () => {
    const queue = new FoldQueue()
    queue.add(task(0), task(1, 0, true), task(1, 1))
    expect(queue.hasAlone).toBe(true)
    expect(queue.takeAlone()).toEqual(task(1, 0, true))
    expect(queue.takeAlone()).toBeUndefined()
    expect(queue.hasAlone).toBe(false)
    expect(queue.drop(1)).toEqual([task(1, 1)])
    expect(queue.takeLongest(() => 0, any)).toEqual(task(0))
  })
})

test('work is epochs to go until a pace is known, that of the trial before that of all', () => {
  const fold = (length: number): FoldRecord => ({
    fold: 0,
    status: 'running',
    curve: Array.from({ length }, () => ({})),
    attempts: 1,
  })
  const trial = (number: number, epochs: number, trained = 0): TrialRecord => {
    return { number, params: {}, epochs, status: 'running', metrics: {}, folds: [fold(trained)], startedAt: 0 }
  }
  const work = new ExpectedWork()
  expect(work.of(trial(0, 10), 1)).toBe(10)
  expect(work.of(trial(0, 10, 4), 0)).toBe(6)
  work.measured(0, 10, 50)
  work.measured(1, 10, 150)
  expect(work.of(trial(0, 10), 1)).toBe(50)
  expect(work.of(trial(2, 10), 1)).toBe(100)
  work.forget(0)
  expect(work.of(trial(0, 10), 1)).toBe(100)
})

describe('busy time', () => {
  test('is what workers measured, and what passes meanwhile', async () => {
    const busy = new BusyTime(0)
    const [first, second] = [busy.begin(), busy.begin()]
    first(40)
    first(40)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(busy.ms).toBeGreaterThan(55)
    second(2)
    expect(busy.ms).toBe(42)
  })

  test('counts the loading of a worker, which its first job waits for', async () => {
    const busy = new BusyTime(1)
    const first = busy.begin()
    await new Promise((resolve) => setTimeout(resolve, 30))
    first(1)
    expect(busy.ms).toBeGreaterThan(25)
    const before = busy.ms
    busy.begin()(1)
    expect(busy.ms - before).toBeCloseTo(1)
  })

  test('as a part of what the workers had', () => {
    expect(busyFraction({ startedAt: 100, finishedAt: 200, workers: 2, busyMs: 150 })).toBe(0.75)
    expect(busyFraction({ startedAt: 100, finishedAt: 200, workers: 2, busyMs: 201 })).toBe(1)
    expect(busyFraction({ startedAt: 100, finishedAt: 100, workers: 2, busyMs: 0 })).toBeUndefined()
  })
})
