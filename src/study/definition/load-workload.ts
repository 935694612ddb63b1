import type { StudySource } from '../../core/study.ts'
import type { Workload } from '../../trial-runner/workload.ts'
import { type Overrides, resolveStudy } from './settings.ts'
import { loadSource } from './source.ts'

/** What a worker is sent to find a study's code. */
export interface WorkloadSource {
  readonly source: StudySource
  readonly overrides: Overrides
}

/** Loads the study in a worker thread; workers import this module by its URL. */
export async function loadWorkload({ source, overrides }: WorkloadSource): Promise<Workload> {
  return resolveStudy(await loadSource(source), overrides).workload
}
