import { TunerError } from '../../core/errors.ts'
import type { Params } from '../../core/params.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { Engine } from '../engines/engine.ts'
import { loadEngines } from '../engines/registry.ts'
import { withTensorScope } from '../engines/tfjs/tensor-scope.ts'
import { withModel } from '../work/with-model.ts'
import type { Work, Workload } from '../workload.ts'
import type { Candidate, Measured, Measurement, MeasurementTask, StepTime } from './measurement.ts'
import { nameOf, unmeasured } from './measurement.ts'
import { timeStep } from './time-step.ts'

/** In a thread, where all is compiled in no time: a first step as long as this is what a step takes. */
const PATIENCE_MS = 1000

type ModelWorkload = Workload & { readonly work: Work & { kind: 'model' } }

/**
 * Times a training step of a study's model on each candidate, at each point, in this thread. Whatever goes wrong with a
 * candidate is its figure. Nothing is measured of a study that has no `model`. Rejects never.
 */
export async function measureSteps(
  workload: Workload,
  { candidates, points, sample }: MeasurementTask,
  patienceMs = PATIENCE_MS,
): Promise<Measured> {
  const { work, preprocess } = workload
  if (work.kind !== 'model') return { points: [], measurements: [] }
  const modelWorkload = { ...workload, work }
  try {
    const rows = Int32Array.from({ length: sample.rows }, (_, row) => row)
    const dataset = preprocess?.fit(sample, rows).transform(sample) ?? sample
    const measurements: Measurement[] = []
    let settled: readonly Params[] | undefined
    for (const candidate of candidates) {
      try {
        const [engine] = await loadEngines(candidate)
        settled ??= await settlePoints(modelWorkload, points, dataset)
        const steps = await stepsOf(engine, modelWorkload, settled, dataset, patienceMs)
        measurements.push({ ...nameOf(candidate), steps })
      } catch (error) {
        measurements.push(unmeasured(candidate, settled?.length ?? points.length, failureOf(error)))
      }
    }
    return { points: settled ?? [], measurements }
  } catch (error) {
    return { points: [], measurements: failures(candidates, points.length, failureOf(error)) }
  }
}

export function failures(candidates: readonly Candidate[], points: number, failure: StepTime): Measurement[] {
  return candidates.map((candidate) => unmeasured(candidate, points, failure))
}

/** For each point the first configuration with a model, on the backend that is in use; every candidate gets the same. */
async function settlePoints(
  { work }: ModelWorkload,
  points: MeasurementTask['points'],
  dataset: Dataset,
): Promise<readonly Params[]> {
  const settled: Params[] = []
  for (const configurations of points) {
    for (const params of configurations) {
      if (!(await builds(work, params, dataset))) continue
      settled.push(params)
      break
    }
  }
  return settled
}

async function builds(work: ModelWorkload['work'], params: Params, dataset: Dataset): Promise<boolean> {
  try {
    await withTensorScope(() => withModel(work, params, dataset, 'measurement', async () => {}))
    return true
  } catch {
    // A trial there will say why; for a measurement another configuration does as well.
    return false
  }
}

async function stepsOf(
  engine: Engine,
  workload: ModelWorkload,
  points: readonly Params[],
  dataset: Dataset,
  patienceMs: number,
): Promise<StepTime[]> {
  const steps: StepTime[] = []
  for (const params of points) {
    const step = timeStep(engine, workload, params, dataset, patienceMs)
    steps.push(await step.catch(failureOf))
  }
  return steps
}

function failureOf(error: unknown): StepTime {
  const text = error instanceof Error ? error.message : String(error)
  const reason = text.split('\n', 1)[0]?.replace(/\.$/, '') || 'it said nothing'
  const remedy = error instanceof TunerError ? error.hint : undefined
  return { status: 'failed', reason, ...(remedy === undefined ? {} : { remedy }) }
}
