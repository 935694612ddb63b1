import { describe, expect, test } from 'vitest'
import { tf } from '../../../src/trial-runner/engines/tfjs/tf.ts'
import { measureSteps } from '../../../src/trial-runner/measurement/measure-steps.ts'
import { onWasm, simd, task, workload } from './workload.ts'

const measured = { status: 'measured', ms: expect.any(Number), batchSize: 32 }

describe('measuring training steps', () => {
  test('gives a figure for each engine at each point, with the batch that it was for', async () => {
    const { points, measurements } = await measureSteps(workload, task([[{ units: 4 }], [{ units: 64, batchSize: 8 }]]))
    expect(points).toEqual([{ units: 4 }, { units: 64, batchSize: 8 }])
    const steps = [measured, { ...measured, batchSize: 8 }]
    expect(measurements).toEqual([
      { engine: 'simd', backend: 'strict', steps },
      { engine: 'tfjs', backend: 'wasm', steps },
    ])
    for (const step of measurements.flatMap((measurement) => measurement.steps)) {
      expect(step.status === 'measured' && step.ms).toBeGreaterThan(0)
    }
  })

  test('a larger model takes longer, as does the slower engine', async () => {
    const { measurements } = await measureSteps(workload, task([[{ units: 2 }], [{ units: 20_000 }]]))
    const [fast, slow] = measurements.map(({ steps }) =>
      steps.map((step) => (step.status === 'measured' ? step.ms : 0)),
    )
    expect(fast?.[1]).toBeGreaterThan(5 * (fast?.[0] ?? 0))
    expect(slow?.[0]).toBeGreaterThan(2 * (fast?.[0] ?? 0))
  })

  test('passes over configurations for which model() throws or does not fit, the same ones for every engine', async () => {
    const corner = [{ act: 'throw' }, { act: 'misfit' }, { units: 4 }]
    const { points, measurements } = await measureSteps(workload, task([corner, [{ act: 'throw' }]]))
    expect(points).toEqual([{ units: 4 }])
    expect(measurements.map(({ steps }) => steps)).toEqual([[measured], [measured]])
    expect(await measureSteps(workload, task([[{ act: 'throw' }]]))).toMatchObject({
      points: [],
      measurements: [{ steps: [] }, { steps: [] }],
    })
  })

  test('says what an engine cannot train', async () => {
    const { measurements } = await measureSteps(workload, task([[{ act: 'recur' }], [{ units: 4 }]], [simd]))
    expect(measurements[0]?.steps).toEqual([
      { status: 'unsupported', reason: expect.stringContaining('SimpleRNN') },
      measured,
    ])
  })

  test('a model that diverges is measured all the same', async () => {
    const { measurements } = await measureSteps(workload, task([[{ act: 'diverge' }]]))
    expect(measurements.map(({ steps }) => steps)).toEqual([[measured], [measured]])
  })

  test('a candidate that cannot be loaded has failed, and the others are measured', async () => {
    const candidates = [{ ...onWasm, backend: 'cuda' }, simd]
    const { points, measurements } = await measureSteps(workload, task([[{ units: 4 }]], candidates))
    expect(points).toEqual([{ units: 4 }])
    expect(measurements.map(({ steps }) => steps)).toEqual([
      [{ status: 'failed', reason: expect.stringContaining('no backend "cuda"'), remedy: expect.any(String) }],
      [measured],
    ])
  })

  test('preprocessing that fails on the sample is the figure of all', async () => {
    const preprocess = {
      name: 'broken',
      fit: () => {
        throw new Error('too few rows\nat all')
      },
    }
    const { measurements } = await measureSteps({ ...workload, preprocess }, task([[{ units: 4 }]]))
    const failed = [{ status: 'failed', reason: 'too few rows' }]
    expect(measurements.map(({ steps }) => steps)).toEqual([failed, failed])
  })

  test('a study without a model has nothing to measure', async () => {
    const own = { ...workload, work: { kind: 'objective', objective: () => 1 } } as const
    expect(await measureSteps(own, task([[{}]]))).toEqual({ points: [], measurements: [] })
  })

  test('leaves no tensor behind, and Math.random as it was', async () => {
    const corners = [[{ act: 'throw' }, { units: 4 }], [{ act: 'recur' }]]
    await measureSteps(workload, task(corners))
    const [random, { numTensors }] = [Math.random, tf.memory()]
    await measureSteps(workload, task(corners))
    expect(Math.random).toBe(random)
    expect(tf.memory().numTensors).toBe(numTensors)
  })
})
