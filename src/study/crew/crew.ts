import { isDeepStrictEqual } from 'node:util'
import type { EngineChoice } from '../../trial-runner/engines/registry.ts'
import type { Measured, MeasurementTask, Measurer } from '../../trial-runner/measurement/measurement.ts'
import type { Runner } from '../../trial-runner/runner.ts'
import { choiceOf } from '../opening/kept-engines.ts'
import type { OpenStudy } from '../opening/open-study.ts'

/**
 * The runner of a study, made as soon as something is to be measured on it, and kept if what was chosen can train there:
 * a worker that has measured has loaded all that its first trial needs.
 */
export class Crew {
  readonly #make: (study: OpenStudy) => Promise<Runner & Measurer>
  #runner: (Runner & Measurer) | undefined
  #engines: EngineChoice | undefined

  constructor(make: (study: OpenStudy) => Promise<Runner & Measurer>) {
    this.#make = make
  }

  async runnerOf(study: OpenStudy): Promise<Runner & Measurer> {
    const engines = choiceOf(study.engines)
    if (!isDeepStrictEqual(engines, this.#engines)) await this.close()
    this.#engines = engines
    this.#runner ??= await this.#make(study)
    return this.#runner
  }

  async measure(study: OpenStudy, task: MeasurementTask, signal?: AbortSignal): Promise<Measured> {
    return (await this.runnerOf(study)).measure(task, signal)
  }

  async close(): Promise<void> {
    const runner = this.#runner
    this.#runner = undefined
    await runner?.close()
  }
}
