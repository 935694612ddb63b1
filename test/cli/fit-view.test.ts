import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { fitLines } from '../../src/cli/fit-lines.ts'
import { fitView } from '../../src/cli/fit-view.ts'
import { plain } from '../../src/cli/style.ts'
import type { Terminal } from '../../src/cli/terminal.ts'
import type { FoldRecord } from '../../src/core/trial.ts'
import type { FitResult } from '../../src/study/fit/fit-best.ts'
import { studyRecord, trial } from './records.ts'

const start = { record: studyRecord(), trial: trial(7, 9.5), epochs: 40, rows: 506 }

/** A terminal, or a pipe, and what was written to it. */
function written(isTTY: boolean): {
  readonly terminal: Terminal
  readonly out: () => string
  readonly err: () => string
} {
  const stream = () => {
    const chunks: string[] = []
    const sink = new PassThrough().on('data', (chunk) => chunks.push(String(chunk)))
    return { chunks, stream: Object.assign(sink, { isTTY, columns: 70 }) as unknown as NodeJS.WriteStream }
  }
  const [out, err] = [stream(), stream()]
  const terminal: Terminal = {
    out: out.stream,
    err: err.stream,
    style: plain,
    errStyle: plain,
    env: {},
    print: (lines) => void out.stream.write(`${lines.join('\n')}\n`),
    printJson() {},
  }
  return { terminal, out: () => out.chunks.join(''), err: () => err.chunks.join('') }
}

/** 40 epochs of 2.5 seconds each. */
function shown(isTTY: boolean, json: boolean) {
  const { terminal, out, err } = written(isTTY)
  let now = 0
  const view = fitView({ db: 'tune.db', json }, terminal, { now: () => now })
  view.onStart(start)
  for (let epoch = 1; epoch <= 40; epoch++) {
    now += 2500
    view.onEpoch(epoch, { loss: 100 / epoch })
  }
  view.close()
  view.close()
  return { out: out(), err: err() }
}

describe('the view of a fit', () => {
  test('in a pipe is a line at the start and one every ten seconds', () => {
    const { out, err } = shown(false, false)
    const lines = out.trimEnd().split('\n')
    expect(lines).toHaveLength(11)
    expect(lines[0]).toBe('fit boston  trial 7  all 506 rows  40 epochs  seed 0')
    expect(lines[1]).toBe('epoch  4/40  loss 25  0:10 elapsed, about 1:30 left')
    expect(lines[10]).toBe('epoch 40/40  loss 2.500  1:40 elapsed, about 0:00 left')
    expect(err).toBe('')
  })

  test('with --json in a pipe is nothing', () => {
    expect(shown(false, true)).toEqual({ out: '', err: '' })
  })

  test.each([false, true])('on a terminal is a line redrawn in place, never wider than it: json %s', (json) => {
    const { out, err } = shown(true, json)
    expect(json ? out : err).toBe('')
    const lines = stripVTControlCharacters(json ? err : out).split('\n')
    expect(lines.some((line) => line.includes('epoch 20/40  loss 5  0:50 elapsed, about 0:50 left'))).toBe(true)
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(70)
  })
})

describe('what a fit came to', () => {
  const fold = (number: number, bestEpoch: number): FoldRecord => ({
    fold: number,
    status: 'complete',
    curve: [],
    bestEpoch,
    attempts: 1,
  })
  const best = trial(7, 9.5, { bestEpoch: 22, folds: [fold(0, 12), fold(1, 40)] })
  const result: FitResult = {
    folder: `${process.cwd()}/boston-model`,
    study: 'boston',
    trial: 7,
    params: best.params,
    seed: 0,
    epochs: 26,
    rows: 506,
    objective: { metric: 'val_loss', direction: 'minimize' },
    value: 9.5,
    metrics: best.metrics,
    trained: { loss: 5.25, mae: 1.5 },
    engine: 'simd',
    backend: 'fma',
    inputs: [{ shape: [13], scale: 1 }],
    columns: null,
    task: { kind: 'regression' },
    preprocess: null,
    version: '0.1.0',
  }

  test('says where the number of epochs comes from', () => {
    expect(fitLines(result, best)).toEqual([
      "Trained the model of trial 7 of boston on all 506 rows for 26 epochs, the mean of its folds' best (12, 40), by simd (fma).",
      'In the last epoch: loss 5.250, mae 1.500.',
      'In validation the trial had val_loss 9.500 ± 0.500.',
      '',
      'Written to boston-model: model.json and weights.bin for tf.loadLayersModel, study.json with what belongs to them.',
      'To predict: const { predict } = await loadFitted("boston-model")',
    ])
    expect(fitLines({ ...result, epochs: 22 }, best)[0]).toContain('for 22 epochs, where it was best, by')
  })
})
