import { TunerError } from '../../core/errors.ts'
import type { StudySource } from '../../core/study.ts'
import type { Isolation } from '../../trial-runner/backends/backend.ts'
import { environmentsFor, isolationFor } from '../../trial-runner/engines/registry.ts'
import { InlineRunner } from '../../trial-runner/inline.ts'
import type { Measurer } from '../../trial-runner/measurement/measurement.ts'
import { PoolRunner } from '../../trial-runner/pool.ts'
import type { Runner } from '../../trial-runner/runner.ts'
import { defaultWorkers } from '../../trial-runner/worker-count.ts'
import type { WorkloadSource } from '../definition/load-workload.ts'
import { choiceOf } from '../opening/kept-engines.ts'
import type { OpenStudy } from '../opening/open-study.ts'

/** Where the jobs of a run are done. */
export interface RunnerOptions {
  /**
   * Jobs at once. Default: one a processor; on a GPU as many as its memory has room for, 1 to 4 a device. A study defined
   * inline runs in the calling thread, one job at a time.
   */
  readonly workers?: number
  /**
   * `process`: every worker is a process of its own, so that a crash of native code costs one job. `thread`: workers
   * share memory with this process, and its fate. Default `auto`: as the backend needs it. Not for a study defined inline.
   */
  readonly isolation?: Isolation | 'auto'
}

/** Throws `study/bad-definition` where a study cannot run as is asked for. */
export async function makeRunner(
  study: OpenStudy,
  source: StudySource,
  options: RunnerOptions,
): Promise<Runner & Measurer> {
  const { resolved, dataset, overrides } = study
  const engines = choiceOf(study.engines)
  const settings = {
    seed: resolved.seed,
    objective: resolved.objective,
    engines,
    ...(dataset === undefined ? {} : { dataset }),
  }
  const { isolation = 'auto' } = options
  if (source.kind === 'inline') {
    if (isolation !== 'process') return new InlineRunner(resolved.workload, settings)
    throw new TunerError('study/bad-definition', 'A study defined inline cannot be trained in processes.', {
      hint: 'Export it from a module by itself, and run that: runStudy(new URL("./study.ts", import.meta.url)).',
    })
  }
  const workers = options.workers ?? (await defaultWorkers(engines))
  const workloadSource: WorkloadSource = { source, overrides }
  const data = {
    loader: new URL('../definition/load-workload.js', import.meta.url).href,
    source: workloadSource as never,
    settings,
    environments: await environmentsFor(engines, workers),
  }
  const needed = resolved.workload.work.kind === 'objective' ? 'thread' : await isolationFor(engines)
  return new PoolRunner(workers, data, isolation === 'auto' ? needed : isolation)
}
