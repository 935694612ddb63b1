import { RandomStream } from '../../src/core/random.ts'
import { float } from '../../src/search-space/parameter.ts'
import { Space } from '../../src/search-space/space.ts'
import type { TunerSpec } from '../../src/tuners/tuner.ts'
import { type Job, simulate } from './simulate.ts'

export interface Utilization {
  /** The share of the workers' time spent training until the last start of a job: after that there is nothing to do. */
  readonly untilLastStart: number
  /** The same until the last job has ended. */
  readonly toTheEnd: number
}

/** What is simulated: lognormal costs with a sigma of 0.5, drawn for each epoch, or once for all epochs of a trial. */
export interface Scenario {
  readonly workers: number
  /** Of the longest trials. */
  readonly epochs: number
  readonly costs: 'per epoch' | 'per trial'
}

const space = Space.declare({ speed: float(0.05, 1), level: float(0, 1) })

export function utilization(spec: TunerSpec, { workers, epochs, costs }: Scenario, seed: number): Utilization {
  const random = new RandomStream(seed)
  const { jobs } = simulate(spec.create({ space, random: random.split('tuner'), epochs }), {
    workers,
    curve: ({ speed, level }) =>
      Array.from({ length: epochs }, (_, epoch) => Number(level) + Math.exp(-Number(speed) * epoch)),
    duration: (trial, epoch) => Math.exp(0.5 * random.split('cost', trial, costs === 'per epoch' ? epoch : 0).normal()),
  })
  const lastStart = Math.max(...jobs.map(({ start }) => start))
  const end = Math.max(...jobs.map((job) => job.end))
  return { untilLastStart: busyShare(jobs, workers, lastStart), toTheEnd: busyShare(jobs, workers, end) }
}

function busyShare(jobs: readonly Job[], workers: number, until: number): number {
  const busy = jobs.reduce((sum, { start, end }) => sum + Math.max(0, Math.min(end, until) - start), 0)
  return busy / (workers * until)
}
