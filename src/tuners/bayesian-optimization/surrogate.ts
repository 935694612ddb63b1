import type { Params } from '../../core/params.ts'
import type { RandomStream } from '../../core/random.ts'
import type { History } from '../tuner.ts'
import { Acquisition } from './acquisition.ts'
import { searchAcquisition } from './acquisition-search.ts'
import type { Encoding } from './encoding.ts'
import { GaussianProcess, type Prediction } from './gaussian-process.ts'
import type { KernelParameters } from './kernel.ts'
import { observedPoints } from './observed-points.ts'
import { ScheduledFit } from './scheduled-fit.ts'
import { standardizeTargets } from './targets.ts'

/** How many of the best observations the search for a proposal starts near. */
const NEAR = 4

/**
 * A Gaussian process over the trials of a history. Between calls it keeps hyperparameters and the factor of the kernel
 * matrix as far as they agree with the next history; both are what a fresh instance would compute, bit for bit.
 */
export class Surrogate {
  readonly #encoding: Encoding
  readonly #fit: ScheduledFit
  readonly #prediction: Prediction = { mean: 0, variance: 0, nearest: 0 }
  #model: GaussianProcess | undefined
  #incumbent = 0
  #best: readonly Float64Array[] = []

  constructor(encoding: Encoding) {
    this.#encoding = encoding
    this.#fit = new ScheduledFit(encoding.layout)
  }

  /** Takes over a history; false if too little has finished in it to model anything. */
  observe(history: History): boolean {
    const { rows, values, pending } = observedPoints(history, this.#encoding)
    if (values.filter((value) => !Number.isNaN(value)).length < 2) return false
    const { columns } = this.#encoding.layout
    const targets = standardizeTargets(values)
    const model = this.#modelWith(this.#fit.parametersFor(rows, values))
    model.truncate(model.commonPrefix(rows, values.length))
    while (model.size < values.length) model.add(rows, model.size * columns)
    model.observe(targets)
    this.#incumbent = targets.reduce((least, y, i) => Math.min(least, model.meanAt(i, y)), Number.POSITIVE_INFINITY)
    this.#best = [...targets.keys()]
      .sort((a, b) => (targets[a] as number) - (targets[b] as number))
      .slice(0, NEAR)
      .map((i) => rows.subarray(i * columns, (i + 1) * columns))
    for (const row of pending) this.#believe(model, row)
    return true
  }

  /** Counts a configuration as pending. */
  believe(params: Params): void {
    if (this.#model !== undefined) this.#believe(this.#model, this.#encoding.encode(params))
  }

  /** Configurations with much expected improvement, the most first. */
  *proposals(random: RandomStream): Generator<Params, undefined> {
    const model = this.#model
    if (model === undefined) return
    const { layout, smooth } = this.#encoding
    const acquisition = new Acquisition(model, this.#incumbent, layout.numeric, smooth)
    for (const row of searchAcquisition(this.#encoding, acquisition, this.#best, model.size, random)) {
      yield this.#encoding.decode(row)
    }
  }

  #modelWith(parameters: KernelParameters): GaussianProcess {
    if (this.#model?.parameters !== parameters) this.#model = new GaussianProcess(this.#encoding.layout, parameters)
    return this.#model
  }

  #believe(model: GaussianProcess, row: Float64Array): void {
    model.predict(row, this.#prediction)
    this.#incumbent = Math.min(this.#incumbent, this.#prediction.mean)
    model.add(row)
  }
}
