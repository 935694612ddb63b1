import type { Params } from '../../core/params.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { EngineChoice } from '../engines/registry.ts'

/** What one training step took at one point of a space, or why nobody knows. */
export type StepTime =
  | { readonly status: 'measured'; readonly ms: number; readonly batchSize: number }
  | {
      /** `unsupported`: the engine cannot train that model; `skipped`: nothing could be gained by trying. */
      readonly status: 'unsupported' | 'failed' | 'skipped'
      readonly reason: string
      /** What would mend it, where that is known. */
      readonly remedy?: string
    }

/** What an engine takes for the models of a study. */
export interface Measurement {
  readonly engine: 'simd' | 'tfjs'
  /** The tfjs backend; for the simd engine its arithmetic. */
  readonly backend: string
  /** One for each point. */
  readonly steps: readonly StepTime[]
}

/** One engine in one place: a choice that leaves nothing open. */
export type Candidate = EngineChoice & { readonly engine: 'simd' | 'tfjs' }

/** What is to be measured. Plain data, with shared memory inside. */
export interface MeasurementTask {
  readonly candidates: readonly Candidate[]
  /** For each point the configurations that may stand for it, the first for which `model()` builds a model is taken. */
  readonly points: readonly (readonly Params[])[]
  /** Rows to train on: one batch will do. */
  readonly sample: Dataset
}

export interface Measured {
  /** The configurations that were taken: fewer than asked for where none built a model. */
  readonly points: readonly Params[]
  /** In the order of the candidates. */
  readonly measurements: readonly Measurement[]
}

/** What the figures of a candidate go under. */
export function nameOf({ engine, backend, arithmetic }: Candidate): Omit<Measurement, 'steps'> {
  return { engine, backend: engine === 'simd' ? arithmetic : backend }
}

/** A candidate of which nothing is known but one thing, at every point. */
export function unmeasured(candidate: Candidate, points: number, step: StepTime): Measurement {
  return { ...nameOf(candidate), steps: Array.from({ length: points }, () => step) }
}

/** Measures where jobs run. */
export interface Measurer {
  /** Never rejects: what goes wrong with a candidate is its figure, and so is the signal's end of what runs apart. */
  measure(task: MeasurementTask, signal?: AbortSignal): Promise<Measured>
}
