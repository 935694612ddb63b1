import { describe, expect, test } from 'vitest'
import { measureCandidates } from '../../../src/trial-runner/measurement/measure-candidates.ts'
import { type Candidate, type MeasurementTask, nameOf } from '../../../src/trial-runner/measurement/measurement.ts'
import { onWasm, simd, task } from './workload.ts'

const apart: Candidate = { ...onWasm, backend: 'webgpu' }
const points = [[{ units: 4 }, { units: 5 }], [{ units: 64 }]]

/** A thread that says the second configuration of a point, and so many milliseconds for each candidate and point. */
function thread(ms: number) {
  const tasks: MeasurementTask[] = []
  const safely = async (given: MeasurementTask) => {
    tasks.push(given)
    const steps = given.points.map(() => ({ status: 'measured', ms, batchSize: 32 }) as const)
    const taken = given.points.map((configurations) => configurations.at(-1) ?? {})
    return { points: taken, measurements: given.candidates.map((candidate) => ({ ...nameOf(candidate), steps })) }
  }
  return { tasks, safely }
}

describe('measuring all candidates', () => {
  test('what is safe in threads is measured there, and the figures are in the order of the candidates', async () => {
    const { tasks, safely } = thread(0.5)
    const measured = await measureCandidates(task(points, [apart, simd, onWasm]), { safely, apart: undefined })
    expect(tasks.map(({ candidates }) => candidates)).toEqual([[simd, onWasm]])
    expect(measured.points).toEqual([{ units: 5 }, { units: 64 }])
    expect(measured.measurements.map(({ backend }) => backend)).toEqual(['webgpu', 'strict', 'wasm'])
  })

  test('what may crash is left out where it cannot be apart, and where steps are too short to gain on', async () => {
    const place = { loader: 'file:///nowhere/at-all.js', source: null }
    const reasons: unknown[] = []
    for (const [ms, where] of [
      [50, undefined],
      [0.5, place],
    ] as const) {
      const { measurements } = await measureCandidates(task(points, [simd, apart]), { ...thread(ms), apart: where })
      expect(measurements[1]?.steps).toHaveLength(2)
      reasons.push(measurements[1]?.steps[0])
    }
    expect(reasons).toEqual([
      { status: 'skipped', reason: expect.stringContaining('crash') },
      { status: 'skipped', reason: expect.stringContaining('nothing to gain') },
    ])
  })
})
