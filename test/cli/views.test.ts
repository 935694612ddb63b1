import { fc, test as property } from '@fast-check/vitest'
import stringWidth from 'string-width'
import { describe, expect, test, vi } from 'vitest'
import { liveFrame } from '../../src/cli/live-frame.ts'
import { plainLines } from '../../src/cli/plain-lines.ts'
import type { ProgressSnapshot } from '../../src/cli/progress.ts'
import { plain } from '../../src/cli/style.ts'
import { systemClock } from '../../src/core/clock.ts'
import { failedTrial, studyRecord, studyStart, trial } from './records.ts'

const middle: ProgressSnapshot = {
  finished: 1,
  planned: 4,
  fraction: 0.42,
  elapsedMs: 31_000,
  leftMs: 42_000,
  running: [
    { trial: 1, fold: 2, epoch: 3, epochs: 10, value: 12.3456, silentMs: undefined },
    { trial: 2, fold: 1, epoch: 0, epochs: 10, value: undefined, silentMs: undefined },
  ],
  best: trial(0, 9.5),
}

const took = (ms: number) => ({ status: 'measured', ms, batchSize: 32 })
const measuredEngines = {
  engine: 'auto',
  backend: 'wasm',
  arithmetic: 'fma',
  points: [{ units: 16 }, { units: 32 }],
  measured: [
    { engine: 'simd', backend: 'fma', steps: [took(0.04438), took(0.13)] },
    { engine: 'tfjs', backend: 'wasm', steps: [took(1.1), took(2.5)] },
  ],
}

describe('the live view', () => {
  test('shows the run, its progress, what is running and the best', () => {
    expect(liveFrame(studyStart(), middle, { columns: 100, rows: 24, style: plain })).toEqual([
      'boston  random search · 2 folds · 10 epochs · 2 workers · seed 0',
      '',
      `${'━'.repeat(17)}${'─'.repeat(23)}  1/4 trials  42%  0:31 elapsed, about 0:42 left`,
      '',
      '  trial 1  fold 2/2  epoch  3/10  val_loss 12.35',
      '  trial 2  fold 1/2  epoch  0/10',
      '',
      '  best  trial 0  val_loss 9.500 ± 0.500  val_mae 4.750 ± 0.500',
      '        dropout 0.25  units 16',
    ])
  })

  test('says what the engines took that the study was measured on', () => {
    const record = studyRecord({ settings: { epochs: 10, engines: measuredEngines } })
    const frame = liveFrame(studyStart({ record }), middle, { columns: 100, rows: 24, style: plain })
    expect(frame[1]).toBe('  simd (fma) 0.0444 and 0.13 ms a step, tfjs on wasm 1.1 and 2.5')
    expect(frame.slice(2)).toEqual(liveFrame(studyStart(), middle, { columns: 100, rows: 24, style: plain }).slice(1))
  })

  test('says what it does not know', () => {
    const unknownTime = liveFrame(
      studyStart(),
      { ...middle, leftMs: undefined },
      { columns: 100, rows: 24, style: plain },
    )
    expect(unknownTime[2]).toContain('time left not known yet')
    const unknownEnd = { ...middle, planned: undefined, fraction: undefined, leftMs: undefined }
    expect(liveFrame(studyStart(), unknownEnd, { columns: 100, rows: 24, style: plain })[2]).toBe(
      '1 trial  0:31 elapsed',
    )
  })

  test('hides folds that have no room', () => {
    const running = Array.from({ length: 30 }, (_, i) => ({
      trial: i,
      fold: 1,
      epoch: 1,
      epochs: 10,
      value: 1,
      silentMs: undefined,
    }))
    const frame = liveFrame(studyStart(), { ...middle, running }, { columns: 80, rows: 14, style: plain })
    expect(frame.length).toBe(13)
    expect(frame).toContain('  and 25 more')
  })

  property.prop([fc.integer({ min: 1, max: 120 })])('is never wider than the terminal', (columns) => {
    const frame = liveFrame(studyStart(), middle, { columns, rows: 24, style: plain })
    expect(Math.max(...frame.map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns)
  })
})

test('plain lines: one for each trial, the better ones marked, no control characters', () => {
  const lines: string[] = []
  const view = plainLines((line) => lines.push(line), { now: () => 0 })
  view.onStart(studyStart({ trials: [trial(0, 9.5)] }))
  const { number, params, epochs, status, metrics, cause } = failedTrial(2, 'boom')
  view.onEvent({ type: 'trial-started', trial: 1, params, epochs, at: 0 })
  const better = { status: 'complete', value: 8, metrics: trial(1, 8).metrics } as const
  view.onEvent({ type: 'trial-finished', trial: 1, ...better, at: 0 })
  view.onEvent({ type: 'trial-started', trial: number, params, epochs, at: 0 })
  if (status !== 'failed' || cause === undefined) throw new Error('expected a failed trial')
  view.onEvent({ type: 'trial-finished', trial: number, status, metrics, cause, at: 0 })
  view.close()
  expect(lines).toEqual([
    'study boston  4 trials  random search  2 folds  10 epochs  2 workers  seed 0',
    '1 trial of earlier runs kept',
    'trial 1  val_loss 8  val_mae 4  dropout 0.25  units 16  best',
    'trial 2  failed  model/threw: boom',
  ])
})

test('plain lines: a fold from which nothing comes is worth a line, once', () => {
  vi.useFakeTimers({ now: 0 })
  try {
    const lines: string[] = []
    const view = plainLines((line) => lines.push(line), systemClock)
    view.onStart(studyStart())
    view.onEvent({ type: 'trial-started', trial: 0, params: trial(0, 1).params, epochs: 10, at: 0 })
    view.onEvent({ type: 'fold-started', trial: 0, fold: 0, fromEpoch: 0 })
    view.onEvent({ type: 'epoch-finished', trial: 0, fold: 0, epoch: 1, metrics: { val_loss: 1 } })
    vi.advanceTimersByTime(600_000)
    view.close()
    expect(lines.slice(1)).toEqual([
      'trial 0 fold 1  nothing heard for 1:10; --epoch-timeout <seconds> ends a worker that hangs, Ctrl-C stops the study',
    ])
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})

test('plain lines: a study that was measured says with what figures, every time', () => {
  const lines: string[] = []
  const record = studyRecord({ settings: { engines: measuredEngines } })
  plainLines((line) => lines.push(line), { now: () => 0 }).onStart(studyStart({ record }))
  expect(lines[1]).toBe(
    'trained by simd (fma), what it cannot train tfjs on wasm; measured: simd (fma) 0.0444 and 0.13 ms a step, tfjs on wasm 1.1 and 2.5',
  )
})
