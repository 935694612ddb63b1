import type { Dataset } from '../data/dataset.ts'
import type { Engine } from './engines/engine.ts'
import { loadEngines } from './engines/registry.ts'
import { withTensorScope } from './engines/tfjs/tensor-scope.ts'
import { FoldCache } from './fold-cache.ts'
import type { FoldHooks, FoldJob } from './runner.ts'
import { runLoop } from './work/run-loop.ts'
import { runModel } from './work/run-model.ts'
import type { Trained } from './work/trained.ts'
import type { Work, WorkerSettings, Workload } from './workload.ts'

type Training = Exclude<Work, { readonly kind: 'objective' }>

/** Trains folds on the engines of this thread. An objective function needs nothing of what it imports. */
export class Trainer {
  readonly #work: Training
  readonly #workload: Workload
  readonly #settings: WorkerSettings
  readonly #folds: FoldCache
  readonly #engines: readonly [Engine, ...Engine[]]

  private constructor(
    work: Training,
    workload: Workload,
    settings: WorkerSettings,
    dataset: Dataset,
    engines: readonly [Engine, ...Engine[]],
  ) {
    this.#work = work
    this.#workload = workload
    this.#settings = settings
    this.#folds = new FoldCache(workload, dataset, settings.seed)
    this.#engines = engines
  }

  /** Throws `engine/backend-unavailable` or `engine/arithmetic-unavailable`. */
  static async load(work: Training, workload: Workload, settings: WorkerSettings, dataset: Dataset): Promise<Trainer> {
    return new Trainer(work, workload, settings, dataset, await loadEngines(settings.engines))
  }

  async train(job: FoldJob, hooks: FoldHooks): Promise<Trained> {
    const [work, workload, engines] = [this.#work, this.#workload, this.#engines]
    const data = this.#folds.fold(job.fold)
    return withTensorScope(() =>
      work.kind === 'train'
        ? runLoop(work, workload, engines[engines.length - 1]?.backend ?? 'none', job, hooks, data)
        : runModel(work, workload, this.#settings.objective, engines, job, hooks, data),
    )
  }
}
