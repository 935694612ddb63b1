import { readFileSync } from 'node:fs'
import type { Params } from '../../src/core/params.ts'
import { choice, float } from '../../src/search-space/parameter.ts'
import { Space } from '../../src/search-space/space.ts'
import type { World } from './simulate.ts'

/** One configuration of a TaskSet table: its hyperparameters and its learning curve. */
interface Entry {
  readonly hp: Readonly<Record<string, number>>
  /** Validation loss at 51 points, the first one before training; NaN where training diverged. */
  readonly curve: readonly number[]
}

/** A table as something to search: which configuration of it is trained for a proposal, and with what curve. */
export interface TableSearch {
  readonly space: Space
  /** For one study: whoever remembers what has been taken. */
  world(): Pick<World, 'curve' | 'realize'>
}

/** The bounds from which Metz et al., "Using a Thousand Optimization Tasks to Learn Hyperparameter Search Strategies", drew. */
const hyperparameters = Space.declare({
  learning_rate: float(1e-8, 10, { scale: 'log' }),
  beta1: float(1e-4, 1 - 1e-4, { scale: 'reverse-log' }),
  beta2: float(1e-6, 1 - 1e-6, { scale: 'reverse-log' }),
  epsilon: float(1e-10, 1e3, { scale: 'log' }),
  l1: float(1e-8, 10, { scale: 'log' }),
  l2: float(1e-8, 10, { scale: 'log' }),
  linear_decay: float(1e-8, 1e-4, { scale: 'log' }),
  exponential_decay: float(1e-6, 1e-3, { scale: 'log' }),
})

/** Learning curves of one task under many configurations: `[{ hp, valid: { loss: [...] } }]`, null or NaN for NaN. */
export class TaskSet {
  readonly #entries: readonly Entry[]

  constructor(file: string) {
    const text = readFileSync(file, 'utf8').replaceAll(/\bNaN\b/g, 'null')
    const rows = JSON.parse(text) as { hp: Record<string, number>; valid: { loss: (number | null)[] } }[]
    this.#entries = rows.map(({ hp, valid }) => ({ hp, curve: valid.loss.map((value) => value ?? Number.NaN) }))
  }

  /** Points of a curve: what counts as an epoch here, as the reference counts them. */
  get epochs(): number {
    return this.#entries[0]?.curve.length ?? 0
  }

  /** The lowest value of any curve at any point. */
  get best(): number {
    const values = this.#entries.flatMap(({ curve }) => curve).filter((value) => !Number.isNaN(value))
    return values.reduce((a, b) => Math.min(a, b))
  }

  /** The rows of the table as a choice without order: nothing to learn from a configuration. */
  byRow(): TableSearch {
    const [first = 0, ...others] = this.#entries.keys()
    const space = Space.declare({ row: choice([first, ...others], { ordered: false }) })
    return { space, world: () => ({ curve: ({ row }) => this.#entries[Number(row)]?.curve ?? [] }) }
  }

  /**
   * The eight hyperparameters. What is trained for a proposal is the nearest configuration of the table, by Euclidean
   * distance in the unit cube, that no trial has had before.
   */
  byHyperparameters(): TableSearch {
    const space = hyperparameters
    const points = this.#entries.map(({ hp }) => space.encode(hp))
    const world = () => {
      const free = new Set(this.#entries.keys())
      const curves = new Map<string, readonly number[]>()
      return {
        realize: (params: Params) => {
          const row = nearest(space.encode(params), points, free)
          free.delete(row)
          const { hp, curve } = this.#entries[row] as Entry
          curves.set(space.key(hp), curve)
          return hp
        },
        curve: (params: Params) => curves.get(space.key(params)) ?? [],
      }
    }
    return { space, world }
  }
}

function nearest(point: Float64Array, points: readonly Float64Array[], among: ReadonlySet<number>): number {
  let best = -1
  let least = Number.POSITIVE_INFINITY
  for (const row of among) {
    const other = points[row] as Float64Array
    let distance = 0
    for (let i = 0; i < point.length; i++) distance += ((point[i] as number) - (other[i] as number)) ** 2
    if (distance < least) [best, least] = [row, distance]
  }
  return best
}
