import { expect, test } from 'vitest'
import { loadBackend } from '../../../../src/trial-runner/backends/registry.ts'
import { forgetNames } from '../../../../src/trial-runner/engines/tfjs/names.ts'
import { withTensorScope } from '../../../../src/trial-runner/engines/tfjs/tensor-scope.ts'
import { tf } from '../../../../src/trial-runner/engines/tfjs/tf.ts'

/** A model with a layer that has a name, or has not, and a tensor that nobody frees; the name of its first weight. */
async function build(name?: string): Promise<string> {
  tf.zeros([3])
  const model = tf.sequential()
  model.add(tf.layers.dense({ units: 2, inputShape: [3], ...(name === undefined ? {} : { name }) }))
  model.add(tf.layers.dense({ units: 1 }))
  return model.weights[0]?.name ?? ''
}

test('what came up is freed, and names that tfjs made up are forgotten', async () => {
  await loadBackend('cpu')
  const before = tf.memory().numTensors
  const remembered = forgetNames()
  expect(remembered).toBeGreaterThan(0)
  for (let trial = 0; trial < 5; trial++) await withTensorScope(() => build())
  expect(forgetNames()).toBe(remembered)
  expect(tf.memory().numTensors).toBe(before)
})

// tfjs takes models whose tensors have the same names for one.
test('no two models have weights of the same name', async () => {
  await loadBackend('cpu')
  const names = ['first', 'first', 'second', undefined, undefined]
  const given = new Set<string>()
  for (const name of names) given.add(await withTensorScope(() => build(name)))
  expect(given.size).toBe(names.length)
})
