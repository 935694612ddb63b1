import { errorRecord, TunerError } from '../core/errors.ts'
import { jobError } from './out-of-memory.ts'
import type { FoldHooks, FoldJob, FoldResult } from './runner.ts'
import { runObjective } from './work/run-objective.ts'
import type { Trained } from './work/trained.ts'
import type { WorkerSettings, Workload } from './workload.ts'

type Train = (job: FoldJob, hooks: FoldHooks) => Promise<Trained>

/** Does jobs, one at a time, in the thread that made it. */
export class FoldWorker {
  readonly #workload: Workload
  readonly #settings: WorkerSettings
  #train: Promise<Train> | undefined

  constructor(workload: Workload, settings: WorkerSettings) {
    this.#workload = workload
    this.#settings = settings
  }

  /** Loads what the study's work needs; `run` does so too. Throws `engine/...`, and `study/bad-definition`. */
  async prepare(): Promise<void> {
    await this.#load()
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
      const train = await this.#load()
      const { end, ...rest } = await train(job, hooks)
      return { status: end, ...rest, ...ended() }
    } catch (error) {
      return { status: 'failed', cause: jobError(errorRecord(error)), ...ended() }
    }
  }

  #load(): Promise<Train> {
    this.#train ??= trainOf(this.#workload, this.#settings)
    return this.#train
  }
}

async function trainOf(workload: Workload, settings: WorkerSettings): Promise<Train> {
  const { work } = workload
  if (work.kind === 'objective') return (job, hooks) => runObjective(work, settings, job, hooks)
  if (settings.dataset === undefined) {
    throw new TunerError('study/bad-definition', 'The study has a model but no data.', {
      hint: "Add data: () => csv('file.csv', { target: 'column' }).",
    })
  }
  // tfjs takes several times as long to load as all the rest.
  const { Trainer } = await import('./trainer.ts')
  const trainer = await Trainer.load(work, workload, settings, settings.dataset)
  return (job, hooks) => trainer.train(job, hooks)
}
