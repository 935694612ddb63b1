import { readFileSync } from 'node:fs'

export interface ProcessReference {
  readonly points: readonly (readonly number[])[]
  readonly targets: readonly number[]
  readonly relevances: readonly number[]
  readonly variance: number
  readonly noise: number
  readonly likelihood: number
  readonly gradient: readonly number[]
  readonly queries: readonly (readonly number[])[]
  readonly means: readonly number[]
  readonly variances: readonly number[]
}

interface Reference {
  readonly processes: readonly ProcessReference[]
  readonly logNormalCdf: readonly (readonly [number, number])[]
  readonly logH: readonly (readonly [number, number])[]
}

const file = new URL('../../references/fixtures/gaussian-process.json', import.meta.url)

/** What scikit-learn and SciPy say; written by test/references/gaussian_process.py. */
export const reference = JSON.parse(readFileSync(file, 'utf8')) as Reference

export function kernelParameters({ relevances, variance, noise }: ProcessReference) {
  return { relevances: Float64Array.from(relevances), variance, noise }
}

/** Numeric columns alone. */
export function numericLayout({ relevances }: ProcessReference) {
  return { columns: relevances.length, numeric: relevances.length }
}
