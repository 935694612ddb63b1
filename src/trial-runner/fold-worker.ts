import { errorRecord, TunerError } from '../core/errors.ts'
import type { Engine } from './engines/engine.ts'
import { loadEngines } from './engines/registry.ts'
import { withTensorScope } from './engines/tfjs/tensor-scope.ts'
import { FoldCache } from './fold-cache.ts'
import { jobError } from './out-of-memory.ts'
import type { FoldHooks, FoldJob, FoldResult } from './runner.ts'
import { runLoop } from './work/run-loop.ts'
import { runModel } from './work/run-model.ts'
import { runObjective } from './work/run-objective.ts'
import type { Trained } from './work/trained.ts'
import type { WorkerSettings, Workload } from './workload.ts'

/** Does jobs, one at a time, in the thread that made it. */
export class FoldWorker {
  readonly #workload: Workload
  readonly #settings: WorkerSettings
  readonly #folds: FoldCache | undefined
  #engines: Promise<readonly [Engine, ...Engine[]]> | undefined

  constructor(workload: Workload, settings: WorkerSettings) {
    this.#workload = workload
    this.#settings = settings
    this.#folds = settings.dataset && new FoldCache(workload, settings.dataset, settings.seed)
  }

  /** Loads the engines, where the study's work needs them; `run` does so too. Throws what keeps them from being used. */
  async prepare(): Promise<void> {
    if (this.#workload.work.kind !== 'objective' && this.#folds !== undefined) await this.#loadEngines()
  }

  /** Never rejects: an error is a result. */
  async run(job: FoldJob, hooks: FoldHooks): Promise<FoldResult> {
    const started = performance.now()
    const ended = () => {
      const declared = this.#workload.declared?.()
      const durationMs = Math.round(performance.now() - started)
      return { durationMs, ...(declared === undefined ? {} : { declared }) }
    }
    try {
      const { end, ...rest } = await this.#train(job, hooks)
      return { status: end, ...rest, ...ended() }
    } catch (error) {
      return { status: 'failed', cause: jobError(errorRecord(error)), ...ended() }
    }
  }

  async #train(job: FoldJob, hooks: FoldHooks): Promise<Trained> {
    const workload = this.#workload
    const { work } = workload
    if (work.kind === 'objective') return runObjective(work, this.#settings, job, hooks)
    if (this.#folds === undefined) {
      throw new TunerError('study/bad-definition', 'The study has a model but no data.', {
        hint: "Add data: () => csv('file.csv', { target: 'column' }).",
      })
    }
    const data = this.#folds.fold(job.fold)
    const engines = await this.#loadEngines()
    return withTensorScope(() =>
      work.kind === 'train'
        ? runLoop(work, workload, engines[engines.length - 1]?.backend ?? 'none', job, hooks, data)
        : runModel(work, workload, this.#settings.objective, engines, job, hooks, data),
    )
  }
  #loadEngines() {
    this.#engines ??= loadEngines(this.#settings.engines)
    return this.#engines
  }
}
