/** Writes the gradient at `x` into `gradient` and returns the value. Not finite counts as infinitely bad. */
export type Differentiable = (x: Float64Array, gradient: Float64Array) => number

export interface LbfgsOptions {
  /** Most iterations. */
  readonly iterations: number
  /** Converged when no component of the projected gradient is larger. */
  readonly gradientTolerance: number
  /** Converged when an iteration improves the value by less. */
  readonly valueTolerance: number
}

/** How many of the last steps shape the quadratic model. */
const MEMORY = 8
/** Sufficient decrease (Armijo). */
const DECREASE = 1e-4
const BACKTRACKS = 20

/**
 * Minimizes a smooth function in a box, in place: limited-memory BFGS (Nocedal, 1980) on the coordinates that are not
 * held at a bound, with backtracking along the projected path (Bertsekas, 1982). Work space is allocated once.
 */
export class Lbfgs {
  readonly #size: number
  readonly #steps: Float64Array[]
  readonly #changes: Float64Array[]
  readonly #curvatures = new Float64Array(MEMORY)
  readonly #weights = new Float64Array(MEMORY)
  readonly #gradient: Float64Array
  readonly #direction: Float64Array
  readonly #trial: Float64Array
  readonly #trialGradient: Float64Array
  #stored = 0

  constructor(size: number) {
    const vector = () => new Float64Array(size)
    this.#size = size
    this.#steps = Array.from({ length: MEMORY }, vector)
    this.#changes = Array.from({ length: MEMORY }, vector)
    this.#gradient = vector()
    this.#direction = vector()
    this.#trial = vector()
    this.#trialGradient = vector()
  }

  /** Moves `x` (inside the box) to a local minimum and returns the value there. */
  minimize(
    f: Differentiable,
    x: Float64Array,
    lower: Float64Array,
    upper: Float64Array,
    { iterations, gradientTolerance, valueTolerance }: LbfgsOptions,
  ): number {
    this.#stored = 0
    let value = f(x, this.#gradient)
    if (!Number.isFinite(value)) return value
    for (let iteration = 0; iteration < iterations; iteration++) {
      if (this.#freeGradient(x, lower, upper) <= gradientTolerance) break
      if (!this.#quasiNewton()) this.#steepest()
      let next = this.#search(f, x, value, lower, upper)
      if (next === undefined && this.#stored > 0) {
        this.#stored = 0
        this.#freeGradient(x, lower, upper)
        this.#steepest()
        next = this.#search(f, x, value, lower, upper)
      }
      if (next === undefined) break
      this.#remember(x)
      x.set(this.#trial)
      this.#gradient.set(this.#trialGradient)
      const gain = value - next
      value = next
      if (gain < valueTolerance) break
    }
    return value
  }

  /** Direction := the gradient where x may move; returns its largest component. */
  #freeGradient(x: Float64Array, lower: Float64Array, upper: Float64Array): number {
    let largest = 0
    for (let i = 0; i < this.#size; i++) {
      const g = this.#gradient[i] as number
      const held = g > 0 ? (x[i] as number) <= (lower[i] as number) : (x[i] as number) >= (upper[i] as number)
      this.#direction[i] = held ? 0 : g
      if (!held) largest = Math.max(largest, Math.abs(g))
    }
    return largest
  }

  /** Direction := -H direction by the two-loop recursion; false unless it leads down. */
  #quasiNewton(): boolean {
    if (this.#stored === 0) return false
    const d = this.#direction
    const free = this.#trial
    free.set(d)
    const count = Math.min(this.#stored, MEMORY)
    for (let k = 1; k <= count; k++) {
      const slot = (this.#stored - k) % MEMORY
      const weight = inner(this.#steps[slot] as Float64Array, d) / (this.#curvatures[slot] as number)
      this.#weights[slot] = weight
      add(-weight, this.#changes[slot] as Float64Array, d)
    }
    const last = (this.#stored - 1) % MEMORY
    const change = this.#changes[last] as Float64Array
    const scale = (this.#curvatures[last] as number) / inner(change, change)
    for (let i = 0; i < this.#size; i++) d[i] = (d[i] as number) * scale
    for (let k = count; k >= 1; k--) {
      const slot = (this.#stored - k) % MEMORY
      const weight = inner(this.#changes[slot] as Float64Array, d) / (this.#curvatures[slot] as number)
      add((this.#weights[slot] as number) - weight, this.#steps[slot] as Float64Array, d)
    }
    let slope = 0
    for (let i = 0; i < this.#size; i++) {
      d[i] = free[i] === 0 ? 0 : -(d[i] as number)
      slope += (d[i] as number) * (free[i] as number)
    }
    if (slope < 0) return true
    d.set(free)
    return false
  }

  /** Direction := downhill, at most a unit long. */
  #steepest(): void {
    const d = this.#direction
    const length = Math.sqrt(inner(d, d))
    const scale = -1 / Math.max(1, length)
    for (let i = 0; i < this.#size; i++) d[i] = (d[i] as number) * scale
  }

  /** Backtracks to sufficient decrease; trial := the new point. Undefined when there is none. */
  #search(f: Differentiable, x: Float64Array, value: number, lower: Float64Array, upper: Float64Array) {
    let step = 1
    for (let attempt = 0; attempt < BACKTRACKS; attempt++) {
      let slope = 0
      for (let i = 0; i < this.#size; i++) {
        const moved = (x[i] as number) + step * (this.#direction[i] as number)
        const inside = Math.min(upper[i] as number, Math.max(lower[i] as number, moved))
        this.#trial[i] = inside
        slope += (this.#gradient[i] as number) * (inside - (x[i] as number))
      }
      if (slope >= 0) return undefined
      const next = f(this.#trial, this.#trialGradient)
      if (next <= value + DECREASE * slope) return next
      // The minimum of the parabola through value, slope and the new value, kept between a tenth and a half.
      const shrink = Number.isFinite(next) ? (-0.5 * slope) / (next - value - slope) : 0.1
      step *= Math.min(0.5, Math.max(0.1, shrink))
    }
    return undefined
  }

  #remember(x: Float64Array): void {
    const slot = this.#stored % MEMORY
    const step = this.#steps[slot] as Float64Array
    const change = this.#changes[slot] as Float64Array
    for (let i = 0; i < this.#size; i++) {
      step[i] = (this.#trial[i] as number) - (x[i] as number)
      change[i] = (this.#trialGradient[i] as number) - (this.#gradient[i] as number)
    }
    const curvature = inner(step, change)
    if (curvature <= 1e-10 * inner(change, change)) return
    this.#curvatures[slot] = curvature
    this.#stored++
  }
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

function add(factor: number, a: Float64Array, to: Float64Array): void {
  for (let i = 0; i < a.length; i++) to[i] = (to[i] as number) + factor * (a[i] as number)
}
