import { expect } from 'vitest'
import type { Metrics } from '../../src/core/trial.ts'
import { cpu } from '../../src/trial-runner/backends/cpu.ts'
import type { Engine, TrainingJob, TrainingResult } from '../../src/trial-runner/engines/engine.ts'
import { TfjsEngine } from '../../src/trial-runner/engines/tfjs/engine.ts'
import type { Network } from './networks.ts'

export interface Trained extends TrainingResult {
  /** Metrics of each epoch, in the order in which they were reported. */
  readonly curve: Metrics[]
  /** In the order of `model.getWeights()`, as the LayersModel has them afterwards. */
  readonly weights: number[][]
}

export type Job = Partial<TrainingJob> & { readonly stopAfter?: number }

/** Trains a network, by default four epochs of it, its rows shuffled. */
export async function trained(engine: Engine, { build, data }: Network, job: Job = {}): Promise<Trained> {
  const { stopAfter, ...given } = job
  const whole = { model: given.model ?? build(), epochs: { from: 0, to: 4 }, batchSize: 8, shuffle: true, ...given }
  const curve: Metrics[] = []
  const result = await engine.train({ stream: 'fold', keepCheckpoint: false, ...whole }, data, {
    onEpoch(epoch, metrics) {
      curve.push({ ...metrics })
      expect(epoch, 'the number of the epoch reported').toBe(whole.epochs.from + curve.length)
      return epoch === stopAfter ? 'stop' : 'continue'
    },
  })
  const weights = await Promise.all(whole.model.getWeights().map(async (weight) => Array.from(await weight.data())))
  return { ...result, curve, weights }
}

/** The same on tfjs's plain JavaScript, the reference of every engine. */
export async function reference(network: Network, job: Job = {}): Promise<Trained> {
  await cpu.load()
  return trained(new TfjsEngine('cpu'), network, job)
}

/** How far apart numbers are at most, as a share of the largest of each tensor. */
export function distance(numbers: readonly number[][], others: readonly number[][]): number {
  expect(numbers.map(({ length }) => length)).toEqual(others.map(({ length }) => length))
  let most = 0
  others.forEach((list, i) => {
    const largest = list.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-3)
    list.forEach((value, k) => {
      const share = Math.abs(value - (numbers[i]?.[k] ?? Number.NaN)) / largest
      most = Number.isNaN(share) ? Number.POSITIVE_INFINITY : Math.max(most, share)
    })
  })
  return most
}

/** Losses of each epoch as a list of numbers for {@link distance}. */
export const lossesOf = ({ curve }: Trained): number[][] => [
  curve.map(({ loss = Number.NaN }) => loss),
  curve.map(({ val_loss = Number.NaN }) => val_loss),
]
