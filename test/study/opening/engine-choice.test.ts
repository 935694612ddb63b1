import { describe, expect, test } from 'vitest'
import { friedman1 } from '../../../src/data/generators/friedman1.ts'
import { float, int } from '../../../src/search-space/parameter.ts'
import { memoryStorage } from '../../../src/storage/memory.ts'
import type { Storage } from '../../../src/storage/storage.ts'
import { defineStudy, type StudyDefinition } from '../../../src/study/definition/definition.ts'
import { type KeptEngines, keptEngines } from '../../../src/study/opening/kept-engines.ts'
import { type RunOptions, runStudy } from '../../../src/study/run-study.ts'
import { backends } from '../../../src/trial-runner/backends/registry.ts'
import { randomSearch } from '../../../src/tuners/random-search.ts'

const base = {
  name: 'measured',
  space: { units: int(2, 64), dropout: float(0, 0.5) },
  data: () => friedman1({ rows: 60, columns: 5, seed: 1 }),
  training: { epochs: 1, batchSize: 16 },
  tuner: randomSearch({ trials: 2 }),
}

/** Recurrent where `isRecurrent`, which the simd engine does not train; throws where `units` are few enough. */
function study(isRecurrent: (units: number) => boolean = () => false, throwsBelow = 0) {
  return defineStudy({
    ...base,
    model({ tf, params: { units, dropout }, inputShape }) {
      if (units < throwsBelow) throw new Error('too small')
      const model = tf.sequential()
      if (isRecurrent(units)) {
        model.add(tf.layers.reshape({ targetShape: [5, 1], inputShape }))
        model.add(tf.layers.simpleRNN({ units, recurrentInitializer: 'glorotNormal' }))
      } else model.add(tf.layers.dense({ units, inputShape }))
      model.add(tf.layers.dropout({ rate: dropout }))
      model.add(tf.layers.dense({ units: 1 }))
      model.compile({ optimizer: 'adam', loss: 'meanSquaredError' })
      return model
    },
  })
}

async function enginesOf(
  definition: StudyDefinition,
  storage: Storage,
  options: RunOptions = {},
): Promise<KeptEngines> {
  const { record } = await runStudy(definition, { ...options, storage })
  const kept = (await storage.readStudy(definition.name))?.study
  expect(kept?.settings).toEqual(record.settings)
  const engines = keptEngines(record)
  if (engines === undefined) throw new Error('no engines were kept')
  return engines
}

const run = (definition: unknown, storage: Storage, options?: RunOptions) =>
  enginesOf(definition as StudyDefinition, storage, options)

const measured = { status: 'measured', ms: expect.any(Number), batchSize: 16 }

describe('what trains a study', () => {
  test('is measured at two corners of its space, and kept with the figures', async () => {
    const { points, measured: figures, ...choice } = await run(study(), memoryStorage())
    expect(choice).toEqual({ engine: 'auto', backend: 'wasm', arithmetic: expect.stringMatching(/^(fma|strict)$/) })
    expect(points).toEqual([
      { units: 2, dropout: 0 },
      { units: 64, dropout: 0.5 },
    ])
    expect(figures?.slice(0, 2)).toEqual([
      { engine: 'simd', backend: choice.arithmetic, steps: [measured, measured] },
      { engine: 'tfjs', backend: 'wasm', steps: [measured, measured] },
    ])
  })

  test('is the same each time', async () => {
    const choices: KeptEngines[] = []
    for (let i = 0; i < 3; i++) choices.push(await run(study(), memoryStorage()))
    expect(new Set(choices.map(({ engine, backend, arithmetic }) => `${engine} ${backend} ${arithmetic}`)).size).toBe(1)
  })

  test('stays with a study that goes on, figures and all, without another look', async () => {
    const storage = memoryStorage()
    const first = await run(study(), storage)
    let built = 0
    const { model } = study()
    const counted = {
      ...base,
      model(context: never) {
        built++
        return model?.(context)
      },
    }
    expect(await run(counted, storage, { trials: 3 })).toEqual(first)
    expect(built).toBe(1)
    expect(await run(study(), storage, { trials: 4, engines: { engine: 'auto', backend: 'auto' } })).toEqual(first)
    for (const engines of [{ engine: 'tfjs' }, { engine: 'simd' }, { backend: 'cpu' }] as const) {
      const changed = runStudy(study(), { storage, trials: 5, engines })
      await expect(changed).rejects.toMatchObject({ code: 'study/changed' })
    }
  })

  test('is simd for what it can train, and tfjs for the rest', async () => {
    const storage = memoryStorage()
    const {
      engine,
      backend,
      measured: figures,
    } = await run(
      study((units) => units > 32),
      storage,
      { trials: 6 },
    )
    expect([engine, backend]).toEqual(['auto', 'wasm'])
    expect(figures?.[0]?.steps).toMatchObject([{ status: 'measured' }, { status: 'unsupported' }])
    const trials = await storage.readTrials('measured')
    for (const { params, folds } of trials) expect(folds[0]?.engine).toBe(Number(params.units) > 32 ? 'tfjs' : 'simd')
    expect(new Set(trials.map(({ folds }) => folds[0]?.engine)).size).toBe(2)
  })

  test('is measured elsewhere where model() throws in a corner', async () => {
    const { points, measured: figures } = await run(study(undefined, 4), memoryStorage(), { trials: 1, seed: 3 })
    expect(points?.[0]?.units).toBeGreaterThan(2)
    expect(figures?.[0]?.steps).toEqual([measured, measured])
  })

  test('is the default where model() throws everywhere, and the trials say why', async () => {
    const broken = { ...base, model: () => Promise.reject(new Error('never')) }
    await expect(runStudy(broken, { storage: memoryStorage() })).rejects.toMatchObject({
      message: expect.stringContaining('never'),
    })
  })

  test.each([
    [{ engine: 'simd' }, { engine: 'simd', backend: 'wasm' }],
    [
      { engine: 'tfjs', backend: 'cpu' },
      { engine: 'tfjs', backend: 'cpu' },
    ],
    [{ backend: 'cpu' }, { engine: 'tfjs', backend: 'cpu' }],
    [
      { arithmetic: 'strict', engine: 'simd' },
      { engine: 'simd', backend: 'wasm', arithmetic: 'strict' },
    ],
  ] as const)('is not measured where it is told: %j', async (engines, chosen) => {
    const kept = await run(study(), memoryStorage(), { engines, trials: 1 })
    expect(kept).toMatchObject(chosen)
    expect(kept.measured).toBeUndefined()
  })

  test('where only the arithmetic is told, the rest is measured', async () => {
    const kept = await run(study(), memoryStorage(), { engines: { arithmetic: 'strict' } })
    expect(kept).toMatchObject({ engine: 'auto', arithmetic: 'strict', measured: [{ backend: 'strict' }, {}] })
  })

  test('of a training loop is the backend that is everywhere, or the one that is told', async () => {
    const { space, ...rest } = base
    const loop = {
      ...rest,
      space,
      train: ({ report }: { report(epoch: number, metrics: object): unknown }) => report(1, { val_loss: 1 }),
    }
    const storage = memoryStorage()
    expect(await run(loop, storage)).toEqual({ engine: 'tfjs', backend: 'wasm', arithmetic: 'auto' })
    expect((await storage.readTrials('measured'))[0]?.folds[0]?.backend).toBe('wasm')
    expect(await run({ ...loop, name: 'other' }, storage, { engines: { backend: 'cpu' } })).toMatchObject({
      backend: 'cpu',
    })
  })

  test('of an objective is nothing', async () => {
    const objective = { name: 'sum', space: base.space, objective: ({ units }: { units: number }) => units }
    const { record } = await runStudy(objective as never, { storage: memoryStorage(), trials: 1 })
    expect(record.settings).not.toHaveProperty('engines')
  })

  test('is not kept of a study that is stopped while it is measured', async () => {
    const storage = memoryStorage()
    const stopped = runStudy(study(), { storage, signal: AbortSignal.abort() })
    await expect(stopped).rejects.toMatchObject({ code: 'study/interrupted' })
    expect(await storage.listStudies()).toEqual([])
  })

  test('is never something else than what is told', async () => {
    for (const { name, probe } of backends) {
      const verdict = await probe()
      if (verdict === true) continue
      const refused = runStudy(study(), { storage: memoryStorage(), engines: { backend: name } })
      await expect(refused).rejects.toMatchObject({ code: 'engine/backend-unavailable', hint: expect.any(String) })
    }
    const both = runStudy(study(), { storage: memoryStorage(), engines: { engine: 'simd', backend: 'cpu' } })
    await expect(both).rejects.toMatchObject({ code: 'engine/unsupported' })
  })
})
