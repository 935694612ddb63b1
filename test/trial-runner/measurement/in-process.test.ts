import { describe, expect, test } from 'vitest'
import { measureInProcess } from '../../../dist/trial-runner/measurement/in-process.js'
import type { Measured } from '../../../src/trial-runner/measurement/measurement.ts'
import { simd, task } from './workload.ts'

// The process is plain Node, which takes no TypeScript: jiti loads the fixture there.
const loader = new URL('./fixtures/loader.mjs', import.meta.url).href

function measure(act: string, limitMs = 50_000, source = ''): Promise<Measured> {
  return measureInProcess({ loader, source }, task([[{ act }]], [simd]), AbortSignal.timeout(limitMs))
}

function failed(reason: string | RegExp) {
  const steps = [{ status: 'failed', reason: expect.stringMatching(reason) }]
  return { points: [], measurements: [{ engine: 'simd', backend: 'strict', steps }] }
}

describe('measuring in a process of its own', () => {
  test('gives the figures that a thread would', async () => {
    expect(await measure('train')).toEqual({
      points: [{ act: 'train' }],
      measurements: [
        { engine: 'simd', backend: 'strict', steps: [{ status: 'measured', ms: expect.any(Number), batchSize: 32 }] },
      ],
    })
  })

  test.each([
    ['abort', /ended by SIGABRT/],
    ['exit', /ended with code 7/],
  ])('a process that ends by %s is a figure', async (act, reason) => {
    expect(await measure(act)).toEqual(failed(reason))
  })

  test('one that hangs is ended', async () => {
    expect(await measure('hang', 2_000)).toEqual(failed('took too long'))
  })

  test('a study that does not load there says so', async () => {
    expect(await measure('train', 50_000, 'throw')).toEqual(failed(/code 1: .*the study does not load/))
  })
})
