import { TunerError } from '../../core/errors.ts'
import type { Params } from '../../core/params.ts'
import { sampleRows } from '../../data/sample-rows.ts'
import { cornersOf } from '../../search-space/corners.ts'
import { chooseFastest } from '../../trial-runner/measurement/choose-fastest.ts'
import { batchSizeOf } from '../../trial-runner/work/context.ts'
import type { Workload } from '../../trial-runner/workload.ts'
import { choiceOf, type KeptEngines } from '../opening/kept-engines.ts'
import type { OpenStudy } from '../opening/open-study.ts'
import type { Crew } from './crew.ts'

/**
 * The study with its engines decided: where they are open, a training step of its own model is timed at two corners of
 * its space on every candidate, and the figures are kept with the study. A candidate that fails is not chosen; where
 * all do, the study starts with its default, and its trials say why. Throws `study/interrupted`.
 */
export async function decideEngines(study: OpenStudy, crew: Crew, signal?: AbortSignal): Promise<OpenStudy> {
  const { candidates, space, dataset, resolved, record } = study
  if (candidates.length === 0 || dataset === undefined) return study
  const corners = cornersOf(space)
  const sample = sampleRows(dataset, largestBatch(resolved.workload, corners.flat()))
  const { points, measurements: measured } = await crew.measure(study, { candidates, points: corners, sample }, signal)
  if (signal?.aborted) {
    throw new TunerError('study/interrupted', `Study "${record.name}" was stopped before its first trial.`, {
      hint: 'Run it again: nothing of it was kept.',
    })
  }
  const figures = candidates.flatMap((candidate, i) => {
    const measurement = measured[i]
    return measurement === undefined ? [] : [{ candidate, measurement }]
  })
  const chosen = chooseFastest(figures, study.engines)
  const engines: KeptEngines = { ...choiceOf(chosen), points, measured }
  return { ...study, engines, record: { ...record, settings: { ...record.settings, engines: engines as never } } }
}

/** Rows enough for one batch at each point. */
function largestBatch({ training }: Workload, points: readonly Params[]): number {
  const sizes = points.map((params) => {
    try {
      return batchSizeOf(training, params)
    } catch {
      // Of no use as a point either.
      return 1
    }
  })
  return Math.max(1, ...sizes)
}
