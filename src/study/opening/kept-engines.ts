import type { Params } from '../../core/params.ts'
import type { StudyRecord } from '../../core/study.ts'
import type { EngineChoice } from '../../trial-runner/engines/registry.ts'
import type { Measurement } from '../../trial-runner/measurement/measurement.ts'

/** What trains a study, as its settings keep it: with the figures, where it was left to a measurement. */
export interface KeptEngines extends EngineChoice {
  /** Where in the space it was measured. */
  readonly points?: readonly Params[]
  readonly measured?: readonly Measurement[]
}

/** What was chosen to train a study; undefined for an objective function, which needs nothing. */
export function keptEngines({ settings }: Pick<StudyRecord, 'settings'>): KeptEngines | undefined {
  return settings.engines as KeptEngines | undefined
}

/** The choice by itself. */
export function choiceOf({ engine, backend, arithmetic }: EngineChoice): EngineChoice {
  return { engine, backend, arithmetic }
}
