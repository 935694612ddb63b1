import { RandomStream } from '../../core/random.ts'
import { type Dataset, sharedFloats } from '../dataset.ts'
import { SparseRows } from '../sparse-rows.ts'
import { requireWhole } from './options.ts'

export interface BagsOfWordsOptions {
  /** Default 1000. */
  readonly rows?: number
  /** How many words there are, the columns; at least 10. Default 10,000. */
  readonly words?: number
  /** Different words of a text on average; no text has more than a quarter of all. Default 230. */
  readonly length?: number
  /** The share of words that are chosen by the class; the others tell nothing. Default 0.1. */
  readonly signal?: number
  /** Default 0. */
  readonly seed?: number
}

/**
 * Texts as the sets of their words, a sparse input of ones, in two classes, which take turns from row to row: the shape of
 * the IMDB reviews. Words with small numbers are frequent. Of the words that their class has chosen, those of `disliked`
 * texts have even numbers, those of `liked` ones odd numbers.
 */
export function bagsOfWords(options: BagsOfWordsOptions = {}): Dataset {
  const { rows = 1000, words = 10_000, length = 230, signal = 0.1, seed = 0 } = options
  requireWhole('bagsOfWords', 'rows', rows, 2)
  requireWhole('bagsOfWords', 'words', words, 10)
  requireWhole('bagsOfWords', 'length', length, 1)
  const random = new RandomStream(seed).split('bags-of-words')
  const texts = new SparseRows()
  const labels = sharedFloats(rows)
  for (let row = 0; row < rows; row++) {
    const label = row % 2
    labels[row] = label
    const own = new Set<number>()
    const count = Math.min(words / 4, length * (0.5 + random.next()))
    while (own.size < count) {
      const word = Math.floor(words * random.next() ** 2)
      const chosen = Math.min(words - 1, word - (word % 2) + label)
      own.add(random.next() < signal ? chosen : word)
    }
    for (const word of Uint32Array.from(own).sort()) texts.add(word, 1)
    texts.endRow()
  }
  return {
    rows,
    inputs: [texts.toBlock(0, words)],
    targets: [{ kind: 'dense', data: labels, shape: [1] }],
    task: { kind: 'classification', classes: ['disliked', 'liked'] },
  }
}
