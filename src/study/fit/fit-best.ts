import { resolve } from 'node:path'
import { TunerError } from '../../core/errors.ts'
import type { StudyRecord } from '../../core/study.ts'
import type { Metrics, TrialRecord } from '../../core/trial.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { SpaceDeclaration } from '../../search-space/infer.ts'
import type { Storage } from '../../storage/storage.ts'
import { writeModel } from '../../trial-runner/model-files.ts'
import { type ModelWorkload, trainWhole } from '../../trial-runner/train-whole.ts'
import { completeTrial } from '../choose-trial.ts'
import { checkDefinition, type StudyDefinition } from '../definition/definition.ts'
import { loadSource, movedSource } from '../definition/source.ts'
import { choiceOf } from '../opening/kept-engines.ts'
import { keptStudy } from '../opening/kept-study.ts'
import { type OpenStudy, openStudy } from '../opening/open-study.ts'
import { fitStream } from '../scheduling/streams.ts'
import { withStorage } from '../with-storage.ts'
import { describeFit } from './describe-fit.ts'
import { type FitDescription, writeDescription } from './description.ts'
import { fitEpochs } from './fit-epochs.ts'
import { checkFolder, writeFolder } from './model-folder.ts'

export interface FitOptions {
  /** A storage, or the path of a SQLite file. Default `tune.db`. */
  readonly storage?: Storage | string
  /** A complete trial by its number. Default: the best one. */
  readonly trial?: number
  /** The folder to write. Default `<study>-model`, in the working directory. */
  readonly out?: string
  /** Also write into a folder that holds something else than a fitted model. Default false. */
  readonly force?: boolean
  /** The data, where it has moved. */
  readonly dataPath?: string
  /** Stops the training: nothing is written, and the promise rejects with `study/interrupted`. */
  readonly signal?: AbortSignal
  /** Called once, before the first epoch. */
  readonly onStart?: (start: FitStart) => void
  /** Called after each epoch, counted from 1, with loss and metrics over the training rows. */
  readonly onEpoch?: (epoch: number, metrics: Metrics) => void
}

/** What is about to be trained. */
export interface FitStart {
  readonly record: StudyRecord
  readonly trial: TrialRecord
  readonly epochs: number
  readonly rows: number
}

/** What was written, and where. */
export interface FitResult extends FitDescription {
  /** Its path. */
  readonly folder: string
}

/**
 * Trains the best model of a study on all its rows and writes it to a folder: `model.json` and `weights.bin`, as
 * `tf.loadLayersModel` reads them, and `study.json`, a {@link FitDescription}. The preprocessing is fitted on all rows
 * too. Nothing is left to validate on: it trains for the number of epochs at which the trial was best in validation (see
 * {@link fitEpochs}), on the engine and arithmetic of the study, with a random stream of its own, so that the same study
 * gives the same weights. The database is only read; the study may be running.
 *
 * @param study The name of a kept study, or the definition of one that was defined in the calling program.
 * @throws TunerError `study/unknown`, `study/unknown-trial`, `study/nothing-complete`, `study/bad-definition` for a study
 * without `model`, `study/changed` where its code or data is not what it was, `study/bad-output` for a folder that cannot
 * be written, `study/interrupted`, `training/diverged`, and what a trial fails with.
 */
export async function fitBest<const S extends SpaceDeclaration>(
  study: string | StudyDefinition<S>,
  options: FitOptions = {},
): Promise<FitResult> {
  const definition: unknown = study
  if (typeof definition === 'string') return fitStudy(definition, undefined, options)
  checkDefinition(definition, 'fitBest')
  return fitStudy(definition.name, definition, options)
}

async function fitStudy(name: string, given: StudyDefinition | undefined, options: FitOptions): Promise<FitResult> {
  const { out = `${name.replaceAll(/[\\/]/g, '-')}-model`, force = false, signal } = options
  const folder = resolve(out)
  const { study, trial } = await withStorage(options.storage, true, async (storage) => {
    const record = await keptStudy(storage, name)
    const chosen = completeTrial(record, await storage.readTrials(name), options.trial)
    await checkFolder(folder, force)
    return { study: await openModel(record, given, options.dataPath, storage), trial: chosen }
  })
  const { record, workload, dataset, engines } = study
  const epochs = fitEpochs(trial)
  if (signal?.aborted) throw interrupted(name)
  options.onStart?.({ record, trial, epochs, rows: dataset.rows })
  let last: Metrics = {}
  const onEpoch = (epoch: number, metrics: Metrics) => {
    last = metrics
    options.onEpoch?.(epoch, metrics)
    return signal?.aborted ? 'stop' : 'continue'
  }
  const job = { params: trial.params, epochs, stream: fitStream(record.seed, trial.number) }
  return trainWhole(workload, dataset, choiceOf(engines), job, { onEpoch }, async ({ model, preprocess, trained }) => {
    if (signal?.aborted) throw interrupted(name)
    if (trained.end === 'diverged') throw diverged(trial, trained.epochs)
    const description = describeFit(record, trial, dataset, { ...trained, metrics: last }, preprocess)
    await writeFolder(folder, async (made) => {
      await writeModel(model, made)
      await writeDescription(made, description)
    })
    return { folder, ...description }
  })
}

/** Opens a kept study that builds a model: its code and data as they were when it was started. */
async function openModel(
  { name, source: kept }: StudyRecord,
  given: StudyDefinition | undefined,
  dataPath: string | undefined,
  storage: Storage,
): Promise<Pick<OpenStudy, 'record' | 'engines'> & { readonly workload: ModelWorkload; readonly dataset: Dataset }> {
  if (given === undefined && kept.kind === 'inline') throw inProgram(name)
  const source = movedSource(kept, dataPath)
  const definition = given ?? (await loadSource(source))
  if (definition.model === undefined) throw withoutModel(name, definition)
  const { record, engines, resolved, dataset } = await openStudy(definition, source, { name }, storage)
  const { work } = resolved.workload
  if (work.kind !== 'model' || dataset === undefined) throw withoutModel(name, definition)
  return { record, engines, workload: { ...resolved.workload, work }, dataset }
}

function inProgram(name: string): TunerError {
  return new TunerError(
    'study/unknown',
    `Study "${name}" was defined inside a program and has no file to load it from.`,
    {
      hint: 'In that program: await fitBest(definition).',
    },
  )
}

function withoutModel(name: string, { train }: StudyDefinition): TunerError {
  const has = train === undefined ? 'objective() and returns a number' : 'a training loop of its own, train()'
  return new TunerError('study/bad-definition', `Study "${name}" has ${has}; a fit needs model() and data.`, {
    hint: 'Train with the params of the best trial yourself: tune best --json.',
  })
}

function interrupted(name: string): TunerError {
  return new TunerError('study/interrupted', `The fit of study "${name}" was stopped; nothing was written.`, {
    hint: 'Fit it again from the start: the study is as it was.',
  })
}

function diverged({ number }: TrialRecord, epoch: number): TunerError {
  return new TunerError(
    'training/diverged',
    `On all rows the model of trial ${number} diverged: its loss was not finite after epoch ${epoch}.`,
    { hint: 'Fit another trial with --trial.' },
  )
}
