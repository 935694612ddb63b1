import { readFileSync } from 'node:fs'

interface FixtureFold {
  readonly train: number[]
  readonly validation: number[]
}

interface Fixture {
  readonly kFold: { readonly rows: number; readonly k: number; readonly folds: FixtureFold[] }[]
  readonly stratifiedKFold: { readonly labels: number[]; readonly k: number; readonly folds: FixtureFold[] }[]
  readonly holdout: (FixtureFold & { readonly rows: number; readonly fraction: number })[]
  readonly scaling: {
    readonly data: number[][]
    readonly train: number[]
    readonly standard: number[][]
    readonly minMax: number[][]
  }
}

/** Numbers of scikit-learn, made by test/references/cv.py. */
export const sklearn: Fixture = JSON.parse(
  readFileSync(new URL('../references/fixtures/cv.json', import.meta.url), 'utf8'),
)
