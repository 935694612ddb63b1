import { expect, test } from 'vitest'
import type { Checkpoint } from '../../../src/core/checkpoint.ts'
import type { TrialRecord, TrialStatus } from '../../../src/core/trial.ts'
import { type CheckpointStore, memoryCheckpoints } from '../../../src/storage/checkpoints.ts'
import { type CheckpointOptions, Retention, resolveRetention } from '../../../src/study/scheduling/retention.ts'

/** 1 KiB. */
const checkpoint: Checkpoint = {
  epoch: 1,
  weights: [{ name: 'w', shape: [256], values: new Float32Array(256) }],
  optimizer: [],
}

function trial(number: number, status: TrialStatus, value?: number): TrialRecord {
  const rest = { params: {}, epochs: 1, metrics: {}, folds: [], startedAt: 0 }
  return { number, status, ...(value === undefined ? {} : { value }), ...rest }
}

async function retention(
  trials: readonly TrialRecord[],
  options: CheckpointOptions & { mayContinue?: readonly number[]; store?: CheckpointStore } = {},
) {
  const { mayContinue = [], store = memoryCheckpoints(), ...policy } = options
  const open = () =>
    Retention.open({
      store,
      policy: resolveRetention(policy),
      direction: 'minimize',
      trials: () => trials,
      mayContinue: () => new Set(mayContinue),
    })
  const kept = async () => [...new Set((await store.list()).map((one) => one.trial))].sort((a, b) => a - b)
  return { store, open, checkpoints: await open(), kept }
}

const four = [trial(0, 'complete', 3), trial(1, 'running'), trial(2, 'complete', 1), trial(3, 'complete', 2)]

test('keeps what runs, what may go on and the best', async () => {
  const { checkpoints, kept } = await retention([...four, trial(4, 'failed')], { best: 1, mayContinue: [0] })
  for (const number of [0, 1, 2, 3, 4]) await checkpoints.save(number, 0, checkpoint)
  await checkpoints.settle()
  expect(await kept()).toEqual([0, 1, 2])
})

test('at the end keeps the best alone, by default none', async () => {
  for (const [best, left] of [
    [2, [2, 3]],
    [0, []],
  ] as const) {
    const { checkpoints, kept } = await retention(four, { best, mayContinue: [0] })
    for (const { number } of four) await checkpoints.save(number, 0, checkpoint)
    await checkpoints.finish()
    expect(await kept()).toEqual(left)
  }
})

test('beyond the quota the least promising go first, those that run last', async () => {
  const options = { quotaMiB: 4 / 1024, mayContinue: [0, 2, 3] }
  const { checkpoints, kept } = await retention(four, options)
  for (const fold of [0, 1]) for (const number of [0, 2]) await checkpoints.save(number, fold, checkpoint)
  expect(await kept()).toEqual([0, 2])
  await checkpoints.save(3, 0, checkpoint)
  expect(await kept()).toEqual([2, 3])
  for (const fold of [0, 1]) await checkpoints.save(1, fold, checkpoint)
  expect(await kept()).toEqual([1, 2])
  await checkpoints.save(2, 0, checkpoint)
  expect(await kept()).toEqual([1, 2])
  for (const fold of [2, 3]) await checkpoints.save(1, fold, checkpoint)
  expect(await kept()).toEqual([1])
})

test('takes over what an earlier run left', async () => {
  const { store, checkpoints, open, kept } = await retention(four, { quotaMiB: 3 / 1024, mayContinue: [0, 2] })
  for (const number of [0, 1, 2]) await checkpoints.save(number, 0, checkpoint)
  await store.save(3, 0, checkpoint)
  const later = await open()
  expect(await kept()).toEqual([0, 1, 2])
  await later.save(1, 1, checkpoint)
  expect(await kept()).toEqual([1, 2])
  expect(await later.load(1, 1)).toEqual(checkpoint)
})

test.each([{ best: -1 }, { best: 0.5 }, { quotaMiB: Number.NaN }, { keep: 1 }])('%j is refused', (options) => {
  expect(() => resolveRetention(options as CheckpointOptions)).toThrow(
    expect.objectContaining({ code: 'study/bad-definition', message: expect.stringContaining('checkpoints') }),
  )
})
