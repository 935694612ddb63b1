import { describe, expect, test } from 'vitest'
import { EpochBatch } from '../../../src/trial-runner/jobs/epoch-batch.ts'

function batch(mayWait: boolean) {
  const sent: number[][] = []
  const epochs = new EpochBatch(mayWait, (list) => {
    sent.push(list.map(({ epoch }) => epoch))
    return list.at(-1)?.epoch === 3 ? 'stop' : 'continue'
  })
  return { sent, epochs }
}

const pass = (ms: number) => {
  for (const until = performance.now() + ms; performance.now() < until; );
}

describe('EpochBatch', () => {
  test('sends each epoch by itself where it may not wait, and gives the answer', () => {
    const { sent, epochs } = batch(false)
    expect([1, 2, 3].map((epoch) => epochs.add(epoch, { loss: epoch }))).toEqual(['continue', 'continue', 'stop'])
    expect(sent).toEqual([[1], [2], [3]])
  })

  test('lets short epochs travel together, in order, none of them twice', () => {
    const { sent, epochs } = batch(true)
    for (let epoch = 1; epoch <= 1000; epoch++) epochs.add(epoch, {})
    epochs.flush()
    epochs.flush()
    expect(sent[0]).toEqual([1])
    expect(sent.flat()).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1))
    expect(sent.length).toBeLessThan(100)
  })

  test('sends at once what comes after a while', () => {
    const { sent, epochs } = batch(true)
    for (let epoch = 1; epoch <= 3; epoch++, pass(25)) epochs.add(epoch, {})
    expect(sent).toEqual([[1], [2], [3]])
  })
})
