import { systemClock } from '../core/clock.ts'
import { errorRecord, TunerError } from '../core/errors.ts'
import type { Params } from '../core/params.ts'
import type { StudyRecord } from '../core/study.ts'
import type { TrialRecord } from '../core/trial.ts'
import type { ParamsOf, SpaceDeclaration } from '../search-space/infer.ts'
import { sqliteStorage } from '../storage/sqlite/storage.ts'
import type { Lease, Storage } from '../storage/storage.ts'
import type { FoldResult } from '../trial-runner/runner.ts'
import { DEFAULT_DATABASE } from './default-database.ts'
import type { StudyDefinition } from './definition/definition.ts'
import { openStudy } from './opening/open-study.ts'
import { bestTrial } from './ranking.ts'
import { foldFinished, trialFinished } from './scheduling/finish.ts'
import { Ledger } from './scheduling/ledger.ts'
import { Observer } from './scheduling/observation.ts'
import { Proposals } from './scheduling/proposals.ts'
import { tunerStream } from './scheduling/streams.ts'

/** A study whose trials run wherever the caller likes: it asks what to try and tells what came of it. */
export type AskTellDefinition<S extends SpaceDeclaration> = Pick<
  StudyDefinition<S>,
  'name' | 'space' | 'constraints' | 'tryFirst' | 'tuner' | 'optimize' | 'seed'
> & {
  /** The largest budget of a trial, for tuners with budgets. Default 100. */
  readonly epochs?: number
}

/** One thing to try. */
export interface Asked<P = Params> {
  readonly trial: number
  readonly params: P
  /** Go on up to this epoch; a trial that was told before continues from where it was. */
  readonly epochs: number
}

/** The open end of a study; close it when done. */
export interface AskTell<P = Params> {
  /** The next trial, or undefined where the tuner has none until something is told, or none any more. */
  ask(): Promise<Asked<P> | undefined>
  /** Tells an intermediate value after an epoch, counted from 1 and in order. */
  report(trial: number, epoch: number, value: number): Promise<void>
  /** Ends a trial with its value; an Error counts as a failure, NaN as divergence. */
  tell(trial: number, result: number | Error): Promise<void>
  /** The best trial so far. */
  best(): TrialRecord | undefined
  trials(): readonly TrialRecord[]
  close(): Promise<void>
}

/**
 * Opens a study, new or kept, for a loop of your own. Trials that were asked for and not told when the study was last
 * closed are asked for again first. Throws what `runStudy` throws.
 */
export async function askTell<const S extends SpaceDeclaration>(
  definition: AskTellDefinition<S>,
  options: { readonly storage?: Storage | string } = {},
): Promise<AskTell<ParamsOf<S>>> {
  const owned = typeof options.storage === 'object' ? undefined : sqliteStorage(options.storage ?? DEFAULT_DATABASE)
  const storage = owned ?? (options.storage as Storage)
  const { epochs, ...rest } = definition
  const whole = { ...rest, objective: notHere, ...(epochs === undefined ? {} : { training: { epochs } }) }
  const study = await openStudy(whole as unknown as StudyDefinition, { kind: 'inline' }, {}, storage)
  if (study.isNew) await storage.createStudy(study.record)
  const lease = await storage.acquireLease(study.record.name)
  const { space, resolved } = study
  const tuner = study.tuner.create({ space, random: tunerStream(resolved.seed), epochs: resolved.epochs })
  const ledger = new Ledger(study.record.name, lease, await storage.readTrials(study.record.name))
  const observer = new Observer(resolved.objective)
  const loop = new OpenLoop(study.record, ledger, new Proposals({ tuner, observer }), async () => {
    await release(ledger, lease)
    await owned?.close()
  })
  return loop as unknown as AskTell<ParamsOf<S>>
}

function notHere(): never {
  throw new TunerError('study/unknown', 'The trials of this study run in a loop of its caller.', {
    hint: 'Go on with it through askTell(...).',
  })
}

async function release(ledger: Ledger, lease: Lease): Promise<void> {
  await ledger.close()
  await lease.release()
}

class OpenLoop implements AskTell {
  readonly #record: StudyRecord
  readonly #ledger: Ledger
  readonly #proposals: Proposals
  readonly #release: () => Promise<void>
  /** Trials that an earlier loop left without a result. */
  readonly #left: number[]

  constructor(record: StudyRecord, ledger: Ledger, proposals: Proposals, close: () => Promise<void>) {
    this.#record = record
    this.#ledger = ledger
    this.#proposals = proposals
    this.#release = close
    this.#left = ledger.trials.filter(({ status }) => status === 'running').map(({ number }) => number)
  }

  async ask(): Promise<Asked | undefined> {
    const trial = this.#left.shift() ?? (await this.#propose())
    if (trial === undefined) return undefined
    const { params, epochs, folds } = this.#ledger.trials[trial] as TrialRecord
    await this.#ledger.keep({ type: 'fold-started', trial, fold: 0, fromEpoch: folds[0]?.curve.length ?? 0 })
    return { trial, params, epochs }
  }

  async #propose(): Promise<number | undefined> {
    const [suggestion] = this.#proposals.next(this.#ledger.trials)
    if (suggestion === undefined) return undefined
    const { params, epochs, continueFrom, note } = suggestion
    const noted = note === undefined ? {} : { note }
    const at = systemClock.now()
    const trial = continueFrom ?? this.#ledger.trials.length
    await this.#ledger.keep(
      continueFrom === undefined
        ? { type: 'trial-started', trial, params, epochs, at, ...noted }
        : { type: 'trial-continued', trial, epochs, folds: [0], at, ...noted },
    )
    return trial
  }

  async report(trial: number, epoch: number, value: number): Promise<void> {
    this.#running(trial)
    const metrics = { [this.#record.objective.metric]: value }
    await this.#ledger.keep({ type: 'epoch-finished', trial, fold: 0, epoch, metrics })
  }

  async tell(trial: number, result: number | Error): Promise<void> {
    const before = this.#running(trial)
    const { objective } = this.#record
    if (typeof result === 'number') await this.report(trial, (before.folds[0]?.curve.length ?? 0) + 1, result)
    const ended = foldFinished(this.#ledger.trials[trial] as TrialRecord, 0, asFoldResult(result), objective)
    await this.#ledger.keep(ended)
    await this.#ledger.keep(trialFinished(this.#ledger.trials[trial] as TrialRecord, objective, systemClock.now()))
  }

  best(): TrialRecord | undefined {
    return bestTrial(this.#ledger.trials, this.#record.objective.direction)
  }

  trials(): readonly TrialRecord[] {
    return this.#ledger.trials
  }

  close(): Promise<void> {
    return this.#release()
  }

  #running(number: number): TrialRecord {
    const trial = this.#ledger.trials[number]
    if (trial?.status === 'running') return trial
    const state = trial === undefined ? 'was never asked for' : `is ${trial.status} already`
    throw new TunerError(
      'study/unknown-trial',
      `Trial ${number} ${state}; expected one that ask() gave and that is open.`,
    )
  }
}

function asFoldResult(result: number | Error): FoldResult {
  if (result instanceof Error) return { status: 'failed', cause: errorRecord(result), durationMs: 0 }
  const status = Number.isFinite(result) ? 'complete' : 'diverged'
  return { status, epochs: 1, engine: 'ask/tell', backend: 'none', durationMs: 0 }
}
