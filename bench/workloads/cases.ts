/** One workload as all contestants train it. The study of the same name lies beside this file. */
export interface Case {
  readonly name: string
  readonly folds: number
  readonly epochs: number
  readonly batchSize: number
  /** Rows of a fold. */
  readonly rows: { readonly training: number; readonly validation: number }
  /** Floating-point operations of a training step, as matrix products count them. */
  readonly flop: number
  /** Steps of an epoch that contestants train to tell how long a step takes, and whether there is time for a whole trial. */
  readonly part: { readonly tfjs: number; readonly keras: number }
  /** Whether tfjs can hold the data of a whole trial. Default true. */
  readonly tfjsHolds?: boolean
  /** Trials of a study in one round, for each worker and besides the first one. */
  readonly trials: number
}

/** What every contestant trains with; learning rate and dropout have no part in how long a step takes. */
export const PARAMS = { dropout: 0.2, learningRate: 1e-3 }

export const boston: Case = {
  name: 'boston',
  folds: 4,
  epochs: 100,
  batchSize: 16,
  rows: { training: 380, validation: 126 },
  flop: trainingFlop(16, [13 * 64, 64 * 64, 64]),
  part: { tfjs: 24, keras: 24 },
  trials: 6,
}

export const mnistMlp: Case = {
  name: 'mnist-mlp',
  folds: 1,
  epochs: 5,
  batchSize: 128,
  rows: { training: 8000, validation: 2000 },
  flop: trainingFlop(128, [784 * 512, 512 * 512, 512 * 10]),
  part: { tfjs: 8, keras: 63 },
  trials: 1,
}

export const cifarCnn: Case = {
  name: 'cifar-cnn',
  folds: 1,
  epochs: 4,
  batchSize: 32,
  rows: { training: 800, validation: 200 },
  flop: trainingFlop(32, [30 * 30 * 50 * 27, 13 * 13 * 50 * 450, 4 * 4 * 50 * 450, 800 * 50, 50 * 10]),
  part: { tfjs: 3, keras: 25 },
  trials: 1,
}

/** About how many of the 10,000 words a review has. */
export const IMDB_WORDS = 230

export const imdb: Case = {
  name: 'imdb',
  folds: 1,
  epochs: 4,
  batchSize: 512,
  rows: { training: 15_000, validation: 10_000 },
  flop: trainingFlop(512, [IMDB_WORDS * 16, 16 * 16, 16]),
  part: { tfjs: 4, keras: 10 },
  // Reviews as dense rows are 1 GB, and as much again as tensors.
  tfjsHolds: false,
  trials: 3,
}

export const cases: readonly Case[] = [boston, mnistMlp, cifarCnn, imdb]

export function stepsOf({ rows, batchSize }: Case): number {
  return Math.ceil(rows.training / batchSize)
}

/**
 * Of one step, from the multiplications that each layer takes for a row: forward, gradient of the weights and, but for
 * the first layer, gradient of the inputs, a multiplication and an addition each.
 */
export function trainingFlop(batchSize: number, [first = 0, ...others]: readonly number[]): number {
  return 2 * batchSize * others.reduce((sum, layer) => sum + 3 * layer, 2 * first)
}
