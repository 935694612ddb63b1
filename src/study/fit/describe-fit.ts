import type { StudyRecord } from '../../core/study.ts'
import type { Metrics, TrialRecord } from '../../core/trial.ts'
import { version } from '../../core/version.ts'
import type { Fitted } from '../../cv/preprocessor.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { FitDescription } from './description.ts'

/** What came of a training on all rows. */
export interface Training {
  readonly epochs: number
  /** Of the last epoch. */
  readonly metrics: Metrics
  readonly engine: string
  readonly backend: string
}

/** What is to be known of a fitted model. */
export function describeFit(
  { name, seed, objective }: StudyRecord,
  { number, params, value, metrics }: TrialRecord,
  { rows, inputs, columns, task }: Dataset,
  { epochs, metrics: trained, engine, backend }: Training,
  preprocess: Fitted | undefined,
): FitDescription {
  return {
    study: name,
    trial: number,
    params,
    seed,
    epochs,
    rows,
    objective,
    value: value ?? null,
    metrics,
    trained,
    engine,
    backend,
    inputs: inputs.map((block) => ({ shape: block.shape, scale: block.kind === 'dense' ? (block.scale ?? 1) : 1 })),
    columns: columns ?? null,
    task,
    preprocess: preprocess?.toJSON() ?? null,
    version,
  }
}
