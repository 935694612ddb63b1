import { expect, test } from 'vitest'
import { EarlyStoppingTracker, isBetter } from '../../src/training/early-stopping.ts'

function stopEpoch(values: readonly number[], options: ConstructorParameters<typeof EarlyStoppingTracker>[0]) {
  const tracker = new EarlyStoppingTracker(options)
  const epoch = values.findIndex((value, i) => tracker.update(i + 1, value).stop) + 1
  return { epoch, best: tracker.state.bestEpoch }
}

// The epochs at which Keras's EarlyStopping callback stops on the same values.
test('stops after patience epochs without improvement', () => {
  const values = [5, 4, 3, 3.5, 3.2, 2.9, 3, 3, 3, 3]
  expect(stopEpoch(values, { patience: 3, direction: 'minimize' })).toEqual({ epoch: 9, best: 6 })
  expect(stopEpoch(values, { patience: 2, direction: 'minimize' })).toEqual({ epoch: 5, best: 3 })
})

test('an improvement must be larger than minDelta', () => {
  const values = [1, 0.95, 0.9, 0.85, 0.5]
  expect(stopEpoch(values, { patience: 2, minDelta: 0.2, direction: 'minimize' })).toEqual({ epoch: 3, best: 1 })
})

test('can maximize', () => {
  expect(stopEpoch([0.1, 0.5, 0.4, 0.3], { patience: 2, direction: 'maximize' })).toEqual({ epoch: 4, best: 2 })
})

test('goes on from its state as if it had never stopped', () => {
  const values = [5, 4, 6, 3, 7, 8, 9]
  const options = { patience: 3, direction: 'minimize' as const }
  const whole = values.map((value, i) => [i, value] as const)
  for (let cut = 0; cut <= values.length; cut++) {
    const first = new EarlyStoppingTracker(options)
    for (const [i, value] of whole.slice(0, cut)) first.update(i + 1, value)
    const second = new EarlyStoppingTracker(options, first.state)
    const direct = new EarlyStoppingTracker(options)
    for (const [i, value] of whole.slice(0, cut)) direct.update(i + 1, value)
    for (const [i, value] of whole.slice(cut)) expect(second.update(i + 1, value)).toEqual(direct.update(i + 1, value))
  }
})

test('NaN is never better, and anything beats it', () => {
  expect(isBetter(Number.NaN, 1, 'minimize')).toBe(false)
  expect(isBetter(1, Number.NaN, 'maximize')).toBe(true)
})
