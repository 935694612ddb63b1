import { describe, expect, test } from 'vitest'
import { defaultWorkers, workersOn } from '../../src/trial-runner/worker-count.ts'

const GIB = 2 ** 30

describe('how many workers there are where nobody says', () => {
  test('one a processor, where processors compute', async () => {
    for (const backend of ['auto', 'wasm', 'cpu']) expect(await defaultWorkers({ backend }, 7)).toBe(7)
  })

  test.each([
    ['a card that has room for one only', [6 * GIB], 1],
    ['even less', [2 * GIB], 1],
    ['8 GiB', [8 * GIB], 2],
    ['more than workers can use', [80 * GIB], 4],
    ['memory that is not known', [Number.NaN], 2],
    ['two cards', [12 * GIB, 80 * GIB], 7],
  ])('on devices: %s', (_, devices, workers) => {
    expect(workersOn(devices, 16)).toBe(workers)
  })

  test('never more than processors, and always one', () => {
    expect(workersOn([80 * GIB], 2)).toBe(2)
    expect(workersOn([80 * GIB], 1)).toBe(1)
    expect(workersOn([], 8)).toBe(1)
  })
})
