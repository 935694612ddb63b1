import { readFileSync } from 'node:fs'

export interface SavedArray {
  readonly descr: string
  readonly fortran: boolean
  readonly shape: readonly number[]
  /** The file, in base64. */
  readonly npy: string
  /** In C order. */
  readonly values: readonly number[]
}

interface Fixture {
  readonly npy: readonly SavedArray[]
  readonly archives: {
    readonly stored: string
    readonly deflated: string
    readonly images: readonly number[]
    readonly labels: readonly number[]
  }
  readonly headers: Readonly<Record<string, string>>
  readonly refused: Readonly<Record<string, string>>
  readonly svmlight: readonly {
    readonly text: string
    readonly labels: readonly number[]
    readonly width: number
    readonly rows: readonly (readonly number[])[]
  }[]
  readonly together: {
    readonly texts: readonly string[]
    readonly labels: readonly number[]
    readonly rows: readonly (readonly number[])[]
  }
}

/** Files of NumPy and scikit-learn, made by test/references/readers.py. */
export const references: Fixture = JSON.parse(
  readFileSync(new URL('../references/fixtures/readers.json', import.meta.url), 'utf8'),
)

export function decoded(base64: string | undefined): Buffer {
  return Buffer.from(base64 ?? '', 'base64')
}
