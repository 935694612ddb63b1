import type { Fold } from './splitter.ts'

/** The folds in which row r is validated in fold `foldOf[r]`, and trained on in all others. Rows ascend in each part. */
export function foldsOf(foldOf: Int32Array, folds: number): Fold[] {
  return Array.from({ length: folds }, (_, fold) => {
    const validationRows = foldOf.reduce((count, of) => count + (of === fold ? 1 : 0), 0)
    const train = new Int32Array(foldOf.length - validationRows)
    const validation = new Int32Array(validationRows)
    let trained = 0
    let validated = 0
    for (let row = 0; row < foldOf.length; row++) {
      if (foldOf[row] === fold) validation[validated++] = row
      else train[trained++] = row
    }
    return { train, validation }
  })
}
