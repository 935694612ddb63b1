import { expect, test } from 'vitest'
import { enginesInWords, figuresInWords, milliseconds } from '../../src/cli/engine-words.ts'
import type { KeptEngines } from '../../src/study/opening/kept-engines.ts'
import type { StepTime } from '../../src/trial-runner/measurement/measurement.ts'

const choice: KeptEngines = { engine: 'auto', backend: 'wasm', arithmetic: 'strict' }
const took = (ms: number): StepTime => ({ status: 'measured', ms, batchSize: 32 })
const failed: StepTime = { status: 'failed', reason: 'no adapter' }
const skipped: StepTime = { status: 'skipped', reason: 'too short' }
const unsupported: StepTime = { status: 'unsupported', reason: 'a layer LSTM' }

test.each([
  [choice, 'simd (strict), what it cannot train tfjs on wasm'],
  [{ ...choice, engine: 'simd' }, 'simd (strict)'],
  [{ ...choice, engine: 'tfjs', backend: 'webgpu' }, 'tfjs on webgpu'],
] as const)('a choice of engines', (engines, words) => {
  expect(enginesInWords(engines)).toBe(words)
})

test('figures, and why there are none', () => {
  const measured = [
    { engine: 'simd', backend: 'strict', steps: [took(0.5), unsupported] },
    { engine: 'tfjs', backend: 'wasm', steps: [took(3), took(12.345)] },
    { engine: 'tfjs', backend: 'webgpu', steps: [failed, failed] },
    { engine: 'tfjs', backend: 'tfjs-node', steps: [skipped, skipped] },
    { engine: 'tfjs', backend: 'cpu', steps: [] },
  ] as const
  expect(figuresInWords({ ...choice, measured })).toBe(
    'simd (strict) 0.5 and unsupported (a layer LSTM) ms a step, tfjs on wasm 3 and 12.3, tfjs on webgpu failed (no adapter), tfjs on tfjs-node skipped (too short), tfjs on cpu not measured',
  )
  expect(figuresInWords(choice)).toBeUndefined()
  expect(figuresInWords({ ...choice, measured: [] })).toBeUndefined()
})

test.each([
  [0.044361, '0.0444'],
  [0.5, '0.5'],
  [2, '2'],
  [120, '120'],
  [1234.5, '1230'],
])('%f ms is %s', (ms, text) => {
  expect(milliseconds(ms)).toBe(text)
})
