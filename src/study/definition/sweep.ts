import { basename, extname } from 'node:path'
import type { Json } from '../../core/json.ts'
import { kFold } from '../../cv/k-fold.ts'
import { standardize } from '../../cv/standardize.ts'
import { csv } from '../../data/csv.ts'
import type { SpaceDeclaration } from '../../search-space/infer.ts'
import { fixed } from '../../search-space/parameter.ts'
import { parseRange } from '../../search-space/parse-range.ts'
import type { ModelContext } from '../../trial-runner/workload.ts'
import { gridSearch } from '../../tuners/grid-search.ts'
import { randomSearch } from '../../tuners/random-search.ts'
import { defineStudy, type StudyDefinition } from './definition.ts'

/** What a sweep tunes: each a range as the command takes it (`0:0.6`, `1e-4:1e-1:log`, `16,32,64`, `0.2`). */
const RANGES = {
  dropout: { kind: 'float', otherwise: 0.2 },
  learningRate: { kind: 'float', otherwise: 0.001 },
  batchSize: { kind: 'int', otherwise: 32 },
  units: { kind: 'int', otherwise: 64 },
  layers: { kind: 'int', otherwise: 2 },
} as const

type RangeName = keyof typeof RANGES

/** A sweep in plain JSON: kept with the study, so that it can be resumed without any code. */
export type SweepOptions = { readonly [key: string]: Json } & {
  readonly name: string
  readonly target: string
  readonly drop: readonly string[]
  readonly ranges: Readonly<Partial<Record<RangeName, string>>>
  readonly folds: number
  readonly epochs: number
  readonly patience: number
  readonly trials: number
}

/** `boston_housing-sweep` for `.../boston_housing.csv`. */
export function sweepName(dataPath: string): string {
  return `${basename(dataPath, extname(dataPath))}-sweep`
}

/** A study without code: an MLP for a table, for a regression or a class target as the column says. */
export function sweepStudy(options: SweepOptions): StudyDefinition {
  const { name, target, drop, folds, epochs, patience, trials, ranges } = options
  const space = sweepSpace(ranges)
  const isGrid = Object.values(space).every(({ spec }) => spec.kind === 'choice' || spec.kind === 'fixed')
  return defineStudy({
    name,
    space,
    data: ({ path }) => csv(path, { target, drop: [...drop] }),
    preprocess: standardize(),
    model: multilayerPerceptron,
    validation: kFold(folds),
    training: { epochs, earlyStopping: { patience, restoreBest: true } },
    tuner: isGrid ? gridSearch() : randomSearch({ trials }),
  })
}

function sweepSpace(ranges: SweepOptions['ranges']): SpaceDeclaration {
  const entries = Object.entries(RANGES).map(([name, { kind, otherwise }]) => {
    const text = ranges[name as RangeName]
    return [name, text === undefined ? fixed(otherwise) : parseRange(name, text, kind)] as const
  })
  return Object.fromEntries(entries)
}

function multilayerPerceptron({ tf, params, inputShape, outputs, classes }: ModelContext) {
  const { layers, units, dropout, learningRate } = params as Record<RangeName, number>
  const model = tf.sequential()
  for (let layer = 0; layer < layers; layer++) {
    const first = layer === 0 ? { inputShape } : {}
    model.add(tf.layers.dense({ units, activation: 'relu', ...first }))
    if (dropout > 0) model.add(tf.layers.dropout({ rate: dropout }))
  }
  const head = outputHead(classes.length)
  model.add(tf.layers.dense({ units: outputs, activation: head.activation }))
  model.compile({ optimizer: tf.train.adam(learningRate), loss: head.loss, metrics: [head.metric] })
  return model
}

function outputHead(classes: number) {
  if (classes === 0) return { activation: 'linear', loss: 'meanSquaredError', metric: 'mae' } as const
  if (classes === 2) return { activation: 'sigmoid', loss: 'binaryCrossentropy', metric: 'accuracy' } as const
  return { activation: 'softmax', loss: 'categoricalCrossentropy', metric: 'accuracy' } as const
}
