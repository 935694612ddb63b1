import { expect, test } from 'vitest'
import { loadBackend } from '../../../../src/trial-runner/backends/registry.ts'
import { withTensorScope } from '../../../../src/trial-runner/engines/tfjs/tensor-scope.ts'
import { tf } from '../../../../src/trial-runner/engines/tfjs/tf.ts'

const model = () => tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] })

test('what came up is freed, what was there before is not', async () => {
  await loadBackend('cpu')
  const kept = model()
  const before = tf.memory().numTensors
  await withTensorScope(async () => {
    tf.zeros([3])
    model()
    expect(tf.memory().numTensors).toBe(before + 3)
  })
  expect(tf.memory().numTensors).toBe(before)
  expect(kept.getWeights().map(({ isDisposed }) => isDisposed)).toEqual([false, false])
  kept.dispose()
})
