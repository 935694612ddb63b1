import { expect, test } from 'vitest'
import { isHigherBetter, kerasMetricName } from '../../src/training/metric-names.ts'

test('metrics have the names that Keras gives them', () => {
  expect(['meanAbsoluteError', 'acc', 'mse', 'loss', 'myMetric'].map(kerasMetricName)).toEqual([
    'mae',
    'accuracy',
    'mse',
    'loss',
    'myMetric',
  ])
})

test('knows which way is better', () => {
  const higher = ['accuracy', 'val_accuracy', 'val_binary_accuracy', 'val_auc', 'precision', 'val_recall', 'val_f1']
  const lower = ['loss', 'val_loss', 'val_mae', 'accuracy_gap', 'val_mse']
  expect(higher.map(isHigherBetter)).toEqual(higher.map(() => true))
  expect(lower.map(isHigherBetter)).toEqual(lower.map(() => false))
})
