import { describe, expect, test } from 'vitest'
import type { EngineChoice } from '../../../src/trial-runner/engines/registry.ts'
import { CLEAR_MARGIN, chooseFastest } from '../../../src/trial-runner/measurement/choose-fastest.ts'
import { type Candidate, nameOf, type StepTime } from '../../../src/trial-runner/measurement/measurement.ts'

const byDefault: EngineChoice = { engine: 'auto', backend: 'wasm', arithmetic: 'fma' }
const simd: Candidate = { ...byDefault, engine: 'simd' }
const on = (backend: string): Candidate => ({ ...byDefault, engine: 'tfjs', backend })

const took = (ms: number, batchSize = 32): StepTime => ({ status: 'measured', ms, batchSize })
const unsupported: StepTime = { status: 'unsupported', reason: 'a layer LSTM' }
const failed: StepTime = { status: 'failed', reason: 'out of memory' }

/** The choice where a candidate took so many milliseconds for a step at the small and the large point. */
function choose(...all: readonly (readonly [Candidate, StepTime, StepTime])[]): EngineChoice {
  const figures = all.map(([candidate, ...steps]) => ({ candidate, measurement: { ...nameOf(candidate), steps } }))
  return chooseFastest(figures, byDefault)
}

describe('the choice of an engine by what steps take', () => {
  test('is simd where it is fastest, with models built on the cheap backend', () => {
    expect(choose([simd, took(0.02), took(0.2)], [on('wasm'), took(1), took(2)])).toEqual(byDefault)
  })

  test('stays simd where another is faster by less than a clear margin, at all points together', () => {
    const slower = CLEAR_MARGIN * 10
    expect(choose([simd, took(1), took(slower - 1.1)], [on('webgpu'), took(1), took(9)])).toEqual(byDefault)
    expect(choose([simd, took(1), took(slower)], [on('webgpu'), took(1), took(9)])).toEqual(on('webgpu'))
  })

  test('counts what a row takes, so that a small batch weighs what it costs an epoch', () => {
    const device = [on('webgpu'), took(4, 8), took(4, 512)] as const
    expect(choose([simd, took(0.5, 8), took(40, 512)], device)).toEqual(byDefault)
    expect(choose([simd, took(5, 8), took(400, 512)], device)).toEqual(on('webgpu'))
  })

  test('among backends is the preferred one that is not clearly slower than the fastest', () => {
    const slow = [simd, took(50), took(500)] as const
    const [wasm, node] = [on('wasm'), on('tfjs-node')]
    expect(choose(slow, [wasm, took(10), took(100)], [node, took(10), took(70)])).toEqual(wasm)
    expect(choose(slow, [wasm, took(10), took(100)], [node, took(6), took(60)])).toEqual(node)
    const gpu = on('tfjs-node-gpu')
    expect(choose(slow, [wasm, took(9), took(90)], [node, took(6), took(60)], [gpu, took(5), took(50)])).toEqual(node)
  })

  test('is simd for what it can train, and the fastest backend for the rest', () => {
    const [wasm, gpu] = [on('wasm'), on('webgpu')]
    expect(choose([simd, took(1), unsupported], [wasm, took(5), took(500)], [gpu, took(4), took(20)])).toEqual({
      ...byDefault,
      backend: 'webgpu',
    })
    expect(choose([simd, took(10), unsupported], [wasm, took(5), took(500)], [gpu, took(4), took(20)])).toEqual(gpu)
    expect(choose([simd, took(1), unsupported], [wasm, took(5), took(50)])).toEqual(byDefault)
  })

  test('where simd can train neither, is the fastest backend; on the cheap one other models may still be for simd', () => {
    const neither = [simd, unsupported, unsupported] as const
    expect(choose(neither, [on('wasm'), took(5), took(50)])).toEqual(byDefault)
    expect(choose(neither, [on('wasm'), took(5), took(50)], [on('webgpu'), took(4), took(6)])).toEqual(on('webgpu'))
  })

  test('is never what failed while something else did not', () => {
    expect(choose([simd, took(1), failed], [on('wasm'), took(5), took(50)])).toEqual(on('wasm'))
    expect(choose([simd, took(1), took(9)], [on('wasm'), took(0.1), failed])).toEqual(byDefault)
    expect(choose([simd, failed, failed], [on('wasm'), took(5), failed], [on('webgpu'), took(7), took(9)])).toEqual(
      on('webgpu'),
    )
  })

  test('is the default where nothing was measured', () => {
    expect(choose([simd, failed, failed], [on('wasm'), failed, failed])).toEqual(byDefault)
    expect(chooseFastest([], byDefault)).toEqual(byDefault)
  })

  test('among tfjs backends alone is one of them', () => {
    const tfjs: EngineChoice = { ...byDefault, engine: 'tfjs' }
    const figures = [on('wasm'), on('webgpu')].map((candidate, i) => ({
      candidate,
      measurement: { ...nameOf(candidate), steps: [took(10 - 9 * i)] },
    }))
    expect(chooseFastest(figures, tfjs)).toEqual(on('webgpu'))
    expect(chooseFastest(figures.slice(0, 1), tfjs)).toEqual(tfjs)
  })
})
