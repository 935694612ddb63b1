import { expect, test } from 'vitest'
import { float } from '../../src/search-space/parameter.ts'
import { memoryStorage } from '../../src/storage/memory.ts'
import { askTell } from '../../src/study/ask-tell.ts'
import { defineStudy } from '../../src/study/definition/definition.ts'
import { runStudy } from '../../src/study/run-study.ts'
import { tpe } from '../../src/tuners/tpe/tuner.ts'

const definition = { name: 'loop', space: { x: float(-3, 3) }, tuner: tpe({ trials: 15, startup: 5 }), seed: 2 }
const value = ({ x }: { readonly x: number }) => (x - 1) ** 2

async function loop(storage: ReturnType<typeof memoryStorage>, most = Number.POSITIVE_INFINITY) {
  const study = await askTell(definition, { storage })
  for (let asked = 0; asked < most; asked++) {
    const trial = await study.ask()
    if (trial === undefined) break
    await study.tell(trial.trial, value(trial.params))
  }
  const best = study.best()
  await study.close()
  return best
}

const xs = async (storage: ReturnType<typeof memoryStorage>) =>
  (await storage.readTrials('loop')).map(({ params, value: told }) => [params.x, told])

test('a loop of the caller is the same study as one that is run', async () => {
  const [mine, theirs] = [memoryStorage(), memoryStorage()]
  const best = await loop(mine)
  const study = defineStudy({ ...definition, objective: value })
  const result = await runStudy(study, { storage: theirs })
  expect(await xs(mine)).toEqual(await xs(theirs))
  expect(best?.value).toBe(result.best?.value)
  expect(await xs(mine)).toHaveLength(15)
})

test('goes on where it was closed, asking again for what was not told', async () => {
  const storage = memoryStorage()
  await loop(storage, 6)
  const open = await askTell(definition, { storage })
  const asked = await open.ask()
  await open.close()
  const again = await askTell(definition, { storage })
  expect(await again.ask()).toEqual(asked)
  await again.tell(asked?.trial as number, value(asked?.params as { x: number }))
  await again.close()
  await loop(storage)
  const whole = memoryStorage()
  await loop(whole)
  expect(await xs(storage)).toEqual(await xs(whole))
})

test('several trials may be open at once; reports are their curve', async () => {
  const study = await askTell(definition, { storage: memoryStorage() })
  const [a, b] = [await study.ask(), await study.ask()]
  expect([a?.trial, b?.trial]).toEqual([0, 1])
  await study.report(1, 1, 5)
  await study.report(1, 2, 3)
  await study.tell(1, 4)
  await study.tell(0, Number.NaN)
  expect(study.trials()[1]).toMatchObject({ status: 'complete', value: 3, bestEpoch: 2 })
  expect(study.trials()[0]?.status).toBe('diverged')
  const failed = await study.ask()
  await study.tell(failed?.trial as number, new RangeError('no'))
  expect(study.trials()[2]).toMatchObject({ status: 'failed', cause: { message: 'no' } })
  await study.close()
})

test('telling what was not asked for, or twice, is an error', async () => {
  const study = await askTell(definition, { storage: memoryStorage() })
  await expect(study.tell(0, 1)).rejects.toMatchObject({ code: 'study/unknown-trial' })
  await study.ask()
  await study.tell(0, 1)
  await expect(study.tell(0, 1)).rejects.toMatchObject({
    code: 'study/unknown-trial',
    message: expect.stringContaining('complete already'),
  })
  await study.close()
})
