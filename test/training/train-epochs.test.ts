import { expect, test } from 'vitest'
import { trainEpochs } from '../../src/training/train-epochs.ts'

/** Trains epochs of so many milliseconds each, without ever waiting, until a timer of the program says stop. */
async function epochsUntilStopped(ms: number): Promise<number> {
  let stopped = false
  setTimeout(() => {
    stopped = true
  }, 1)
  const trainer = {
    trainEpoch() {
      for (const until = performance.now() + ms; performance.now() < until; );
      return { loss: 1 }
    },
    snapshot: () => [],
  }
  const { epochs } = await trainEpochs({ epochs: { from: 0, to: 1000 } }, trainer, () =>
    stopped ? 'stop' : 'continue',
  )
  return epochs
}

test('a long fold lets the thread see to whatever else there is between its epochs', async () => {
  expect(await epochsUntilStopped(3)).toBeLessThan(500)
})
