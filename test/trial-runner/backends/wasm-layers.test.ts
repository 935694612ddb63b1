import { readFileSync } from 'node:fs'
import * as core from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { cpu } from '../../../src/trial-runner/backends/cpu.ts'
import { wasm } from '../../../src/trial-runner/backends/wasm.ts'
import { TfjsEngine } from '../../../src/trial-runner/engines/tfjs/engine.ts'
import { tf } from '../../../src/trial-runner/engines/tfjs/tf.ts'
import { type AgreementCase, dataFor, seedWeights } from '../engines/simd/agreement.ts'
import { layerCases, unusableLayers } from './every-layer.ts'

const ROWS = 12

beforeAll(async () => {
  await cpu.load()
  await wasm.load()
})

/** Weights after three steps. */
async function trained(backend: string, agreement: AgreementCase) {
  await core.setBackend(backend)
  const dataset = dataFor(agreement, ROWS)
  const rows = Int32Array.from({ length: ROWS }, (_, i) => i)
  const model = agreement.build()
  seedWeights(model, agreement.name)
  const job = { model, epochs: { from: 0, to: 3 }, batchSize: ROWS, shuffle: false, stream: 's', keepCheckpoint: false }
  await new TfjsEngine(backend).train(
    job,
    { dataset, train: rows, validation: rows.slice(0, 0) },
    {
      onEpoch: () => 'continue',
    },
  )
  return model
    .getWeights()
    .map((weight, i) => ({ name: model.weights[i]?.name, values: weight.dataSync() as Float32Array }))
}

const all = layerCases.flatMap(({ names, options, agreement }) =>
  names.map((name) => [name, options, agreement(name)] as const),
)

test.each(all)('%s %s trains on wasm as on cpu', async (_name, _options, agreement) => {
  const theirs = await trained('cpu', agreement)
  const ours = await trained('wasm', agreement)
  for (const [i, { name, values }] of theirs.entries()) {
    const largest = values.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-3)
    const worst = values.reduce((top, value, k) => Math.max(top, Math.abs(value - (ours[i]?.values[k] ?? NaN))), 0)
    expect(worst / largest, name).toBeLessThan(1e-4)
  }
})

/** What tf.layers has beside layers. */
const NO_LAYERS = ['Layer', 'RNN', 'RNNCell', 'input']

test('every layer of tf.layers is trained above or named as one that tfjs cannot use', () => {
  const known = [...NO_LAYERS, ...Object.keys(unusableLayers), ...all.map(([name]) => name)]
  expect(Object.keys(tf.layers).filter((name) => !known.includes(name))).toEqual([])
})

test.each(Object.entries(unusableLayers))('tfjs cannot use %s on its own cpu backend either', async (_, agreement) => {
  await expect((async () => trained('cpu', agreement()))()).rejects.toThrow()
})

test('the documentation names those layers', () => {
  const page = readFileSync(new URL('../../../docs/backends.md', import.meta.url), 'utf8')
  for (const name of Object.keys(unusableLayers)) expect(page).toContain(`\`${name}\``)
})
