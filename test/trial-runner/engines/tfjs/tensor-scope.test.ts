import { describe, expect, test } from 'vitest'
import { loadBackend } from '../../../../src/trial-runner/backends/registry.ts'
import { withTensorScope } from '../../../../src/trial-runner/engines/tfjs/tensor-scope.ts'
import { tf } from '../../../../src/trial-runner/engines/tfjs/tf.ts'

/** A model with a layer of a given name, and a tensor that nobody frees. */
function build(): string[] {
  tf.zeros([3])
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, name: 'hidden', inputShape: [3] })] })
  return model.weights.map(({ name }) => name)
}

describe('withTensorScope', () => {
  test('frees what came up, and lets its names be taken again', async () => {
    await loadBackend('cpu')
    const before = tf.memory().numTensors
    for (let trial = 0; trial < 3; trial++) {
      expect(await withTensorScope(async () => build())).toEqual(['hidden/kernel', 'hidden/bias'])
    }
    expect(tf.memory().numTensors).toBe(before)
  })

  test('keeps what was there before, its names taken', async () => {
    await loadBackend('cpu')
    const kept = tf.sequential({ layers: [tf.layers.dense({ units: 2, name: 'hidden', inputShape: [3] })] })
    const [own] = await withTensorScope(async () => build())
    expect(own).not.toBe('hidden/kernel')
    expect(kept.getWeights()[0]?.isDisposed).toBe(false)
    kept.dispose()
  })
})
