import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import * as core from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { selectBackend } from '../../src/trial-runner/backends/registry.ts'
import { tf } from '../../src/trial-runner/engines/tfjs/tf.ts'
import { tune, workFolder, writeStudy, writeTable } from '../cli/tune.ts'

// Run where `tune setup tfjs-node` was run: see vitest.config.ts.

const step = fileURLToPath(new URL('./fixtures/step.mjs', import.meta.url))

/** Twelve steps of a small network from fixed weights: its losses. */
async function losses(): Promise<number[]> {
  const model = tf.sequential()
  const start = (seed: number) => tf.initializers.glorotUniform({ seed })
  model.add(
    tf.layers.conv2d({
      filters: 4,
      kernelSize: 3,
      activation: 'relu',
      inputShape: [8, 8, 2],
      kernelInitializer: start(1),
    }),
  )
  model.add(tf.layers.batchNormalization())
  model.add(tf.layers.maxPooling2d({ poolSize: 2 }))
  model.add(tf.layers.flatten())
  model.add(tf.layers.dense({ units: 3, activation: 'softmax', kernelInitializer: start(2) }))
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy' })
  const x = tf.randomNormal([12, 8, 8, 2], 0, 1, 'float32', 3)
  const y = tf.oneHot(
    tf.tensor1d(
      Array.from({ length: 12 }, (_, i) => i % 3),
      'int32',
    ),
    3,
  )
  const found: number[] = []
  for (let i = 0; i < 12; i++) found.push(Number(await model.trainOnBatch(x, y)))
  model.optimizer.dispose()
  model.dispose()
  core.dispose([x, y])
  return found
}

describe('tfjs-node as tune setup made it', () => {
  beforeAll(async () => {
    expect(existsSync(process.env.TUNE_NATIVE_DIR ?? ''), 'TUNE_NATIVE_DIR').toBe(true)
  })

  test('is one engine with ours, and trains to the numbers of plain JavaScript', async () => {
    await (await selectBackend('cpu')).load()
    const expected = await losses()
    const backend = await selectBackend('tfjs-node')
    await backend.load()
    expect(core.getBackend()).toBe('tensorflow')
    expect(await backend.version?.()).toMatch(/^4\.\d+\.\d+, TensorFlow 2\./)
    const found = await losses()
    for (const [i, loss] of found.entries()) expect(loss).toBeCloseTo(expected[i] ?? Number.NaN, 4)
    expect(found.at(-1)).toBeLessThan(found[0] ?? 0)
    expect(await losses(), 'the same again, bit for bit').toEqual(found)
  })

  test('works in three threads of one process at a time, and in two processes', async () => {
    const inThread = () =>
      new Promise<unknown>((resolve, reject) => void new Worker(step).once('message', resolve).once('error', reject))
    const inProcess = () =>
      new Promise<unknown>((resolve, reject) => void fork(step).once('message', resolve).once('error', reject))
    const found = await Promise.all([inThread(), inThread(), inThread(), inProcess(), inProcess()])
    expect(new Set(found.map((loss) => JSON.stringify(loss))).size, JSON.stringify(found)).toBe(1)
    expect(found[0]).toMatchObject({ backend: 'tensorflow', loss: expect.any(Number) })
  })

  test.each(['thread', 'process'])('trains a study with two workers, each a %s', async (isolation) => {
    const folder = workFolder()
    writeStudy(folder)
    const run = ['run', 'study.ts', '--data', writeTable(folder), '--backend', 'tfjs-node', '--workers', '2']
    const { code, err } = await tune(folder, ...run, '--isolation', isolation, '--json')
    expect(code, err).toBe(0)
    const trials = JSON.parse((await tune(folder, 'trials', 'tiny', '--json')).out) as {
      status: string
      value: number
    }[]
    expect(trials.map(({ status }) => status)).toEqual(['complete', 'complete', 'complete'])
    expect(trials.every(({ value }) => Number.isFinite(value))).toBe(true)
    const { engines } = JSON.parse((await tune(folder, 'show', 'tiny', '--json')).out)
    expect(JSON.stringify(engines)).toContain('tfjs-node')
  })

  test('set up again, it is found and proven', async () => {
    const { code, out, err } = await tune(workFolder(), 'setup', 'tfjs-node', '--json')
    expect(code, err).toBe(0)
    const { done, proof } = JSON.parse(out)
    expect(done).toEqual([])
    expect(proof.stepMs).toBeGreaterThan(0)
    expect(proof.stepMs).toBeLessThan(proof.startMs)
  })
})
