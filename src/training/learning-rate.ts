import { cosineOfPi, power } from '../core/elementary.ts'
import { TunerError } from '../core/errors.ts'

/** How far training is: steps and epochs done before this one, both from 0. */
export interface TrainingTime {
  readonly step: number
  readonly epoch: number
}

/** A constant learning rate, or one that changes as training goes on. A function must depend on its argument alone. */
export type LearningRate = number | ((time: TrainingTime) => number)

interface Clock {
  /** What the schedule counts. Default `step`, as Keras does. */
  readonly per?: keyof TrainingTime
}

export interface ExponentialDecayOptions extends Clock {
  readonly initialLearningRate: number
  /** After so many steps the rate is multiplied with `decayRate`. */
  readonly decaySteps: number
  readonly decayRate: number
  /** In jumps of `decaySteps` instead of all the time. Default false. */
  readonly staircase?: boolean
}

export interface CosineDecayOptions extends Clock {
  readonly initialLearningRate: number
  readonly decaySteps: number
  /** The share of the rate that is left at the end. Default 0. */
  readonly alpha?: number
  /** Rises in a line from `initialLearningRate` to this in `warmupSteps`, and falls from there. */
  readonly warmupTarget?: number
  readonly warmupSteps?: number
}

export interface PiecewiseConstantDecayOptions extends Clock {
  /** Rising. Up to and including `boundaries[i]` the rate is `values[i]`. */
  readonly boundaries: readonly number[]
  /** One more than boundaries. */
  readonly values: readonly number[]
}

function positive(name: string, value: number): void {
  if (value > 0 && Number.isFinite(value)) return
  throw new TunerError('training/bad-option', `${name} is ${value}; expected a number above 0.`)
}

/** initialLearningRate * decayRate ^ (step / decaySteps). Throws `training/bad-option`. */
function exponentialDecay(options: ExponentialDecayOptions): (time: TrainingTime) => number {
  const { initialLearningRate, decaySteps, decayRate, staircase = false, per = 'step' } = options
  positive('initialLearningRate', initialLearningRate)
  positive('decaySteps', decaySteps)
  positive('decayRate', decayRate)
  return (time) => {
    const passed = time[per] / decaySteps
    return initialLearningRate * power(decayRate, staircase ? Math.floor(passed) : passed)
  }
}

/** Half a cosine from the rate to `alpha` times it (Loshchilov and Hutter, 2017). Throws `training/bad-option`. */
function cosineDecay(options: CosineDecayOptions): (time: TrainingTime) => number {
  const { initialLearningRate, decaySteps, alpha = 0, warmupTarget, warmupSteps = 0, per = 'step' } = options
  positive('decaySteps', decaySteps)
  const warm = warmupTarget === undefined ? 0 : warmupSteps
  const top = warmupTarget ?? initialLearningRate
  return (time) => {
    const now = time[per]
    if (now < warm) return initialLearningRate + ((top - initialLearningRate) * now) / warm
    const passed = Math.min(1, (now - warm) / decaySteps)
    return top * ((1 - alpha) * 0.5 * (1 + cosineOfPi(passed)) + alpha)
  }
}

/** Constant between boundaries. Throws `training/bad-option`. */
function piecewiseConstantDecay(options: PiecewiseConstantDecayOptions): (time: TrainingTime) => number {
  const { boundaries, values, per = 'step' } = options
  if (values.length !== boundaries.length + 1) {
    throw new TunerError(
      'training/bad-option',
      `${boundaries.length} boundaries need ${boundaries.length + 1} values, got ${values.length}.`,
    )
  }
  return (time) => {
    const piece = boundaries.findIndex((boundary) => time[per] <= boundary)
    return values.at(piece) as number
  }
}

/** Learning rates that change as training goes on, by the names of Keras. */
export const schedules = { exponentialDecay, cosineDecay, piecewiseConstantDecay } as const

export function learningRateAt(rate: LearningRate, time: TrainingTime): number {
  return typeof rate === 'number' ? rate : rate(time)
}
