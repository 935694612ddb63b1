import { expect, test } from 'vitest'
import { planLines } from '../../src/cli/commands/plan.ts'
import { float, int } from '../../src/search-space/parameter.ts'
import { memoryStorage } from '../../src/storage/memory.ts'
import { defineStudy } from '../../src/study/definition/definition.ts'
import { runStudy } from '../../src/study/run-study.ts'
import { hyperband } from '../../src/tuners/hyperband/hyperband.ts'

const plan = { study: 's', tuner: 'hyperband', folds: 4, epochs: 27 }

test('Hyperband is shown bracket by bracket', () => {
  const brackets = hyperband({}).plan?.(27)
  const lines = planLines({ ...plan, brackets, trials: 49, totalEpochs: 1234 }).map((line) => line.trim())
  expect(lines).toContain('1  27 x 1  >  9 x 3  >  3 x 9  >  1 x 27')
  expect(lines).toContain('4  4 x 27')
  expect(lines[0]).toBe('study s: hyperband, 49 trials, 4 folds')
  expect(lines.at(-1)).toContain('1,234')
})

test('a tuner that trains every trial to the end', () => {
  const lines = planLines({ ...plan, tuner: 'tpe', brackets: undefined, trials: undefined, totalEpochs: undefined })
  expect(lines).toEqual([
    'study s: tpe, any number of trials, 4 folds',
    'each trained for up to 27 epochs',
    'epochs in total, over all folds, at most: not known beforehand',
  ])
})

test('the plan of Hyperband is what it then does', async () => {
  const study = defineStudy({
    name: 's',
    space: { x: float(0, 1), n: int(1, 100) },
    objective({ x }, { epochs, report }) {
      for (let step = 1; step < epochs; step++) report(step, x + 1 / step)
      return x
    },
    training: { epochs: 9 },
    tuner: hyperband(),
  })
  const { trials } = await runStudy(study, { storage: memoryStorage() })
  const brackets = study.tuner?.plan?.(9) ?? []
  const reached = (epochs: number) => trials.filter((trial) => trial.epochs >= epochs).length
  expect(trials).toHaveLength(brackets.reduce((sum, [first]) => sum + (first?.trials ?? 0), 0))
  expect(reached(9)).toBe(brackets.reduce((sum, bracket) => sum + (bracket.at(-1)?.trials ?? 0), 0))
})
