import type { LearningRate } from '../../../../training/learning-rate.ts'
import type { Clipping } from '../../keras/clipping.ts'

/**
 * How an optimizer is added: its rule in assembly/optimizers.ts, a file here, a line in registry.ts, a line in the
 * agreement test.
 */
export interface OptimizerKind {
  /** tfjs's name of the class: `optimizer.getClassName()`. */
  readonly className: string
  /** From `optimizer.getConfig()`. */
  prepare(config: OptimizerConfig): Rule
}

export type OptimizerConfig = Readonly<Record<string, unknown>>

/** How a weight moves against its gradient. */
export interface Rule {
  /** The case of `update` in assembly/optimizers.ts. */
  readonly rule: number
  /** What it remembers of each weight, in the order of the kernel's arguments, by tfjs's names. */
  readonly slots: readonly string[]
  /** With what slots begin. Default 0. */
  readonly initial?: number
  /** Arguments of `optimizerSettings` for step `iteration`, counted from 1, at a learning rate. */
  settings(iteration: number, rate: number): Settings
}

type Settings = readonly [rate: number, a: number, b: number, epsilon: number, c?: number]

/** A rule, and what goes on around it. */
export interface Optimizer extends Rule {
  readonly learningRate: LearningRate
  readonly clipping: Clipping | undefined
  /** The share of itself, times the learning rate, that a weight loses before each step. */
  readonly weightDecay: number
}

/** A number of an optimizer's config. */
export function setting(config: OptimizerConfig, key: string, fallback: number): number {
  const value = config[key]
  return typeof value === 'number' ? value : fallback
}

/** tfjs's epsilon where none is given. */
export const EPSILON = 1e-7

/** Powers of `base` in single precision, multiplied one by one as tfjs does it: no `Math.pow`, whose digits vary. */
export function powers(base: number): (exponent: number) => number {
  const factor = Math.fround(base)
  let [reached, power] = [0, 1]
  return (exponent) => {
    if (exponent < reached) [reached, power] = [0, 1]
    for (; reached < exponent; reached++) power = Math.fround(power * factor)
    return power
  }
}
