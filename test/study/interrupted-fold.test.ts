import { expect, test } from 'vitest'
import { moons } from '../../src/data/generators/moons.ts'
import { float } from '../../src/search-space/parameter.ts'
import type { StudyEvent } from '../../src/storage/events.ts'
import { memoryStorage } from '../../src/storage/memory.ts'
import { defineStudy } from '../../src/study/definition/definition.ts'
import { type RunOptions, runStudy } from '../../src/study/run-study.ts'
import { randomSearch } from '../../src/tuners/random-search.ts'

const study = defineStudy({
  name: 'long',
  space: { rate: float(0.001, 0.1) },
  data: () => moons({ rows: 60 }),
  model({ tf, params, inputShape }) {
    const model = tf.sequential()
    model.add(tf.layers.dense({ units: 8, activation: 'relu', inputShape }))
    model.add(tf.layers.dropout({ rate: 0.3 }))
    model.add(tf.layers.dense({ units: 1, activation: 'sigmoid' }))
    model.compile({ optimizer: tf.train.adam(params.rate), loss: 'binaryCrossentropy' })
    return model
  },
  training: { epochs: 40, batchSize: 8 },
  tuner: randomSearch({ trials: 2 }),
})

async function run(storage = memoryStorage(), options: RunOptions = {}) {
  const events: StudyEvent[] = []
  const result = await runStudy(study, { storage, ...options, onEvent: (event) => events.push(event) }).catch(
    () => undefined,
  )
  const curves = (await storage.readTrials('long')).map(({ folds, value }) => [value, folds.map(({ curve }) => curve)])
  return { events, curves, result, kept: await storage.checkpoints('long').list() }
}

test('a fold that is cut in the middle is gone on with from there, to the same bits', async () => {
  const whole = await run()
  const storage = memoryStorage()
  const abort = new AbortController()
  let epochs = 0
  const cut = runStudy(study, {
    storage,
    // Every epoch of this small model.
    checkpoints: { everySeconds: 1e-6 },
    signal: abort.signal,
    onEvent: ({ type }) => type === 'epoch-finished' && ++epochs === 25 && abort.abort(),
  })
  await expect(cut).rejects.toMatchObject({ code: 'study/interrupted' })
  const { events, curves, kept } = await run(storage)
  const [again] = events.filter((event) => event.type === 'fold-started')
  expect(again).toMatchObject({ trial: 0, fold: 0, fromEpoch: 24 })
  expect(events.filter((event) => event.type === 'epoch-finished')).toHaveLength(16 + 40)
  expect(curves).toEqual(whole.curves)
  expect(kept).toEqual([])
})

test('a best trial may keep its states', async () => {
  const { kept, result } = await run(memoryStorage(), { checkpoints: { best: 1 } })
  expect(kept.map(({ trial }) => trial)).toEqual([result?.best?.number])
})
