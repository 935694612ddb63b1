/** One measurement. */
export interface Row {
  /** The problem: `branin`, `boston`, ... */
  readonly case: string
  /** Who was measured, and after how much: `tpe@100`, `simd`, ... */
  readonly what: string
  readonly unit: string
  readonly value: number
  readonly workers?: number
  readonly threads?: number
  /** Follows from a part that was measured. */
  readonly extrapolated?: boolean
  /** The `what` of the same case that this is compared with, and value / its value. */
  readonly reference?: string
  readonly ratio?: number
}

export interface BenchOptions {
  /** Fewer repetitions: to see that it runs, not to quote. */
  readonly quick: boolean
  /** One case alone, in benches that have several that take long. */
  readonly only?: string
}

export interface BenchResult {
  readonly rows: readonly Row[]
  /** What was left out, and why. */
  readonly notes?: readonly string[]
  /** What else there is to say of the rows, a plot included. */
  readonly remarks?: readonly string[]
  /** Versions of what was measured besides this package. */
  readonly versions?: Readonly<Record<string, string>>
}

/** What every bench/<name>.ts exports as `run`. */
export type Bench = (options: BenchOptions) => BenchResult | Promise<BenchResult>
