import type { Standing } from '../standing.ts'
import { Ranking } from './ranking.ts'

/**
 * The trials of a study as the model sees them, in the order of their proposal: columns of numbers, since a proposal
 * reads all of them several times. What has an infinite loss counts as bad.
 */
export class Evaluations {
  /** Coordinates of a point: the dimensions of the space. */
  readonly width: number
  /** By dimension: the trials that have it, in ascending order. */
  readonly rankings: readonly Ranking[]
  #length = 0
  #points: Float64Array
  #tiers: Float64Array = new Float64Array(64)
  #losses: Float64Array = new Float64Array(64)

  constructor(width: number) {
    this.width = width
    this.rankings = Array.from({ length: width }, () => new Ranking())
    this.#points = new Float64Array(64 * width)
  }

  get length(): number {
    return this.#length
  }

  /** The point of the cube of trial i from i * width on; longer than there are trials, as are the other columns. */
  get points(): Float64Array {
    return this.#points
  }

  /** What {@link Standing} says. */
  get tiers(): Float64Array {
    return this.#tiers
  }

  get losses(): Float64Array {
    return this.#losses
  }

  push(point: Float64Array, standing: Standing): void {
    this.set(this.#length, point, standing)
  }

  /** Replaces trial `at`, or adds it where it is the next. */
  set(at: number, point: Float64Array, { tier, loss }: Standing): void {
    if (at === this.#losses.length) this.#grow()
    for (let dimension = 0; dimension < this.width; dimension++) {
      const ranking = this.rankings[dimension] as Ranking
      const place = at * this.width + dimension
      if (at < this.#length) ranking.remove(at, this.#points[place] as number)
      this.#points[place] = point[dimension] as number
      ranking.add(at, this.#points[place] as number)
    }
    this.#tiers[at] = tier
    this.#losses[at] = loss
    this.#length = Math.max(this.#length, at + 1)
  }

  /** Forgets the trials from `length` on. */
  truncate(length: number): void {
    for (let i = this.#length - 1; i >= length; i--) {
      this.rankings.forEach((ranking, dimension) => {
        ranking.remove(i, this.#points[i * this.width + dimension] as number)
      })
    }
    this.#length = Math.min(this.#length, length)
  }

  #grow(): void {
    this.#points = twice(this.#points)
    this.#tiers = twice(this.#tiers)
    this.#losses = twice(this.#losses)
  }
}

function twice(column: Float64Array): Float64Array {
  const longer = new Float64Array(2 * column.length)
  longer.set(column)
  return longer
}
