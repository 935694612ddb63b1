import { describe, expect, test } from 'vitest'
import type { TrialRecord } from '../../../src/core/trial.ts'
import { checkStopRules, reasonToStop } from '../../../src/study/scheduling/stopping.ts'

const minimize = { metric: 'val_loss', direction: 'minimize' } as const
const maximize = { metric: 'val_accuracy', direction: 'maximize' } as const

function trials(...values: (number | 'failed')[]): TrialRecord[] {
  return values.map((value, number) => ({
    number,
    params: {},
    epochs: 1,
    ...(value === 'failed' ? { status: 'failed' } : { status: 'complete', value }),
    metrics: {},
    folds: [],
    startedAt: 0,
  }))
}

describe('reasonToStop', () => {
  test('trials', () => {
    expect(reasonToStop({ trials: 3 }, trials(1, 2), minimize, 0)).toBeUndefined()
    expect(reasonToStop({ trials: 3 }, trials(1, 2, 'failed'), minimize, 0)).toContain('3 trials')
  })

  test('time', () => {
    expect(reasonToStop({ seconds: 2 }, [], minimize, 1999)).toBeUndefined()
    expect(reasonToStop({ seconds: 2 }, [], minimize, 2000)).toContain('2 s')
  })

  test('a target, in the direction of the objective', () => {
    expect(reasonToStop({ value: 0.5 }, trials(0.6, 0.51), minimize, 0)).toBeUndefined()
    expect(reasonToStop({ value: 0.5 }, trials(0.6, 0.5, 0.9), minimize, 0)).toContain('0.5')
    expect(reasonToStop({ value: 0.5 }, trials(0.1), maximize, 0)).toBeUndefined()
    expect(reasonToStop({ value: 0.5 }, trials(0.7), maximize, 0)).toContain('0.5')
    expect(reasonToStop({ value: 0.5 }, trials('failed'), minimize, 0)).toBeUndefined()
  })

  test('no improvement: failed trials do not count', () => {
    expect(reasonToStop({ patience: 2 }, trials(3, 4, 'failed', 2, 5), minimize, 0)).toBeUndefined()
    expect(reasonToStop({ patience: 2 }, trials(3, 4, 'failed', 3), minimize, 0)).toContain('no better')
  })

  test('several rules: the first that holds', () => {
    expect(reasonToStop({ trials: 2, value: 9 }, trials(10, 8), minimize, 0)).toContain('2 trials')
  })
})

test('rules that are no numbers are refused', () => {
  for (const rules of [{ trials: 0 }, { seconds: -1 }, { value: Number.NaN }, { minutes: 3 }, { patience: '3' }]) {
    expect(() => checkStopRules(rules as never)).toThrow(expect.objectContaining({ code: 'study/bad-definition' }))
  }
  checkStopRules({ trials: 3, value: -1 })
})
