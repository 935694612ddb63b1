import type { Metrics } from '../../../../core/trial.ts'
import { learningRateAt } from '../../../../training/learning-rate.ts'
import type { Kernels } from '../kernels/signatures.ts'
import type { Gauge } from '../metrics/metric.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import type { Arena, Block } from './arena.ts'
import type { Parameter } from './parameter.ts'
import type { Batch, Feed, Step } from './step.ts'
import { roundUp } from './tensor.ts'

export interface PlanParts {
  readonly kernels: Kernels
  readonly optimizer: Optimizer
  readonly blocks: readonly Block[]
  /** What is put into the arena with the plan. */
  readonly preparations: readonly ((arena: Arena) => void)[]
  readonly parameters: readonly Parameter[]
  /** What brings the data of a batch into the arena, in this order. */
  readonly feeds: readonly Feed[]
  /** Forward passes, losses included. */
  readonly training: readonly Step[]
  readonly evaluation: readonly Step[]
  /** From the gradient of the loss to the new weights. */
  readonly backward: readonly Step[]
  readonly gauges: readonly { readonly name: string; readonly gauge: Gauge }[]
  /** Where layers look for the seed of their masks. */
  readonly seed: { value: number }
}

/** A model as a program: lists of kernel calls over one arena. */
export class Plan {
  readonly parameters: readonly Parameter[]
  readonly optimizer: Optimizer
  /** Steps trained so far: what bias corrections depend on. */
  iteration = 0
  readonly #parts: PlanParts
  readonly #batch: Batch = { rows: 0, padded: 0, epoch: 0, step: 0 }

  constructor(parts: PlanParts) {
    this.#parts = parts
    this.parameters = parts.parameters
    this.optimizer = parts.optimizer
  }

  /** Gives the plan its memory; slots of the optimizer begin as it wants, weights at 0. */
  place(arena: Arena): void {
    arena.place(this.#parts.blocks)
    for (const prepare of this.#parts.preparations) prepare(arena)
    const { initial = 0 } = this.optimizer
    for (const { slots } of this.parameters) {
      for (const slot of slots) arena.floats.fill(initial, slot.at >>> 2, (slot.at >>> 2) + slot.floats)
    }
    this.iteration = 0
  }

  /** Trains on every row of `order` once, in that order; the last batch may be smaller. Metrics are as tfjs averages them. */
  train(arena: Arena, order: Int32Array, batchSize: number, epoch: number, seed: number): Metrics {
    const { kernels, training, backward, gauges } = this.#parts
    this.#parts.seed.value = seed
    return this.#pass(arena, order, batchSize, epoch, '', (batch) => {
      for (const step of training) step.run(batch)
      for (const { gauge } of gauges) gauge.add(batch, arena)
      this.iteration++
      kernels.optimizerSettings(...this.#settings(epoch))
      for (const step of backward) step.run(batch)
    })
  }

  /** Metrics on the rows of `order`, named with `val_`. */
  evaluate(arena: Arena, order: Int32Array, batchSize: number): Metrics {
    const { evaluation, gauges } = this.#parts
    return this.#pass(arena, order, batchSize, 0, 'val_', (batch) => {
      for (const step of evaluation) step.run(batch)
      for (const { gauge } of gauges) gauge.add(batch, arena)
    })
  }

  #settings(epoch: number) {
    const { learningRate, settings, weightDecay } = this.optimizer
    const rate = learningRateAt(learningRate, { step: this.iteration - 1, epoch: epoch - 1 })
    const [own, a, b, epsilon, c = 0] = settings(this.iteration, rate)
    return [own, a, b, epsilon, c, 1 - rate * weightDecay] as const
  }

  #pass(
    arena: Arena,
    order: Int32Array,
    batchSize: number,
    epoch: number,
    prefix: string,
    run: (batch: Batch) => void,
  ): Metrics {
    const { feeds, gauges } = this.#parts
    const batch = this.#batch
    batch.epoch = epoch
    batch.step = 0
    for (const { gauge } of gauges) gauge.reset()
    for (let from = 0; from < order.length; from += batchSize, batch.step++) {
      batch.rows = Math.min(batchSize, order.length - from)
      batch.padded = roundUp(batch.rows, 4)
      for (const feed of feeds) feed(arena, order, from, batch.rows, batch.padded)
      run(batch)
    }
    return Object.fromEntries(gauges.map(({ name, gauge }) => [prefix + name, gauge.value(order.length)]))
  }

  /** The program, to be read: one line for each step. */
  toString(): string {
    const { training, evaluation, backward, parameters } = this.#parts
    const list = (steps: readonly Step[]) => steps.map(({ of, text }) => `  ${of.padEnd(20)} ${text}`)
    const weights = parameters.map(({ name, layout, value, slots, fused, trainable }) => {
      const state = trainable ? `${fused ? 'learns as it goes' : 'learns'}, ${slots.length} slots` : 'frozen'
      return `  ${name.padEnd(20)} ${layout.name} at ${value.at}, ${state}`
    })
    return [
      'weights',
      ...weights,
      'training',
      ...list(training),
      'backward',
      ...list(backward),
      'evaluation',
      ...list(evaluation),
    ].join('\n')
  }
}
