import { backends } from '../backends/registry.ts'
import { measureInProcess, type WorkloadPlace } from './in-process.ts'
import type { Candidate, Measured, Measurement, MeasurementTask } from './measurement.ts'
import { nameOf, unmeasured } from './measurement.ts'

/** How long a process may take to load a device's libraries, and to compile and train a few steps there. */
const PROCESS_LIMIT_MS = 60_000

/**
 * Where steps are shorter than this nothing can be gained by handing each operation to a device by itself: to find out
 * would take longer than many a study does.
 */
const SHORT_STEP_MS = 1

/** Where the candidates of a task are measured. */
export interface MeasuringPlaces {
  /** For those that are safe in threads. */
  readonly safely: (task: MeasurementTask) => Promise<Measured>
  /** For the others, each in a process of its own; undefined where the code of the study cannot be sent to one. */
  readonly apart: WorkloadPlace | undefined
}

/**
 * Measures every candidate where it may crash without harm, one after the other, so that none disturbs another. The
 * result is in the order of the candidates. Rejects only if `safely` does.
 */
export async function measureCandidates(
  task: MeasurementTask,
  places: MeasuringPlaces,
  signal?: AbortSignal,
): Promise<Measured> {
  const { candidates } = task
  const safe = candidates.filter(isSafe)
  const { points, measurements } = await places.safely({ ...task, candidates: safe })
  const all = new Map(safe.map((candidate, i) => [candidate, measurements[i]]))
  const settled = { ...task, points: points.map((params) => [params]) }
  for (const candidate of candidates) {
    if (isSafe(candidate)) continue
    const limit = AbortSignal.timeout(PROCESS_LIMIT_MS)
    const end = signal === undefined ? limit : AbortSignal.any([limit, signal])
    all.set(candidate, await measureApart(candidate, settled, measurements, places.apart, end))
  }
  return { points, measurements: candidates.flatMap((candidate) => all.get(candidate) ?? []) }
}

function isSafe({ backend }: Candidate): boolean {
  return backends.find(({ name }) => name === backend)?.isolation !== 'process'
}

async function measureApart(
  candidate: Candidate,
  task: MeasurementTask,
  known: readonly Measurement[],
  place: WorkloadPlace | undefined,
  end: AbortSignal,
): Promise<Measurement> {
  const skipped = (reason: string) => unmeasured(candidate, task.points.length, { status: 'skipped', reason })
  if (place === undefined) return skipped('a crash there would end the program that defines the study')
  if (known.some(isShort)) return skipped(`steps shorter than ${SHORT_STEP_MS} ms leave nothing to gain`)
  const { measurements } = await measureInProcess(place, { ...task, candidates: [candidate] }, end)
  return measurements[0] ?? { ...nameOf(candidate), steps: [] }
}

function isShort({ steps }: Measurement): boolean {
  return steps.length > 0 && steps.every((step) => step.status === 'measured' && step.ms < SHORT_STEP_MS)
}
