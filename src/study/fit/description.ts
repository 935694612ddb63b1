import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Json } from '../../core/json.ts'
import type { Params } from '../../core/params.ts'
import type { Objective } from '../../core/study.ts'
import type { MetricSummary, Metrics } from '../../core/trial.ts'
import type { Task } from '../../data/dataset.ts'

/** The file beside a model that says where it comes from, and what its rows are. */
export const STUDY_FILE = 'study.json'

const KIND = 'tfjs-tuner fitted model'

/** Where a fitted model comes from and what is to be done to its rows: `study.json`. */
export interface FitDescription {
  readonly study: string
  readonly trial: number
  readonly params: Params
  /** Of the study: everything random was derived from it and the trial. */
  readonly seed: number
  /** Trained. */
  readonly epochs: number
  /** Trained on, all that the study has. */
  readonly rows: number
  readonly objective: Objective
  /** What the trial reached in validation: the objective, and every metric over the folds. */
  readonly value: number | null
  readonly metrics: Readonly<Record<string, MetricSummary>>
  /** Loss and metrics over the training rows in the last epoch. */
  readonly trained: Metrics
  /** What trained it: `simd` and its arithmetic, or `tfjs` and its backend. */
  readonly engine: string
  readonly backend: string
  /** The shape of one row of each input, and by what bytes are multiplied. */
  readonly inputs: readonly { readonly shape: readonly number[]; readonly scale: number }[]
  /** Names of the columns of the first input, where it is a table. */
  readonly columns: readonly string[] | null
  readonly task: Task
  /** What the preprocessing learned from all rows; null without any. */
  readonly preprocess: Json
  /** The version of tfjs-tuner. */
  readonly version: string
}

export async function writeDescription(folder: string, description: FitDescription): Promise<void> {
  const text = JSON.stringify({ kind: KIND, ...description }, null, 2)
  await writeFile(join(folder, STUDY_FILE), `${text}\n`, { flush: true })
}

/** Undefined where a folder has none. */
export async function readDescription(folder: string): Promise<FitDescription | undefined> {
  try {
    const { kind, ...description } = JSON.parse(await readFile(join(folder, STUDY_FILE), 'utf8'))
    return kind === KIND ? description : undefined
  } catch {
    return undefined
  }
}
