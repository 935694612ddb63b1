import { systemClock } from '../core/clock.ts'
import { TunerError } from '../core/errors.ts'
import type { RunRecord, StudyRecord, StudySource } from '../core/study.ts'
import type { TrialRecord } from '../core/trial.ts'
import type { SpaceDeclaration } from '../search-space/infer.ts'
import type { Space } from '../search-space/space.ts'
import type { CheckpointStore } from '../storage/checkpoints.ts'
import type { StudyEvent } from '../storage/events.ts'
import type { Storage } from '../storage/storage.ts'
import type { Runner } from '../trial-runner/runner.ts'
import type { Brackets } from './bracket-cost.ts'
import { Crew } from './crew/crew.ts'
import { decideEngines } from './crew/decide-engines.ts'
import { makeRunner, type RunnerOptions } from './crew/make-runner.ts'
import { checkDefinition, type StudyDefinition } from './definition/definition.ts'
import { loadSource, moduleSource, movedSource } from './definition/source.ts'
import { keptStudy } from './opening/kept-study.ts'
import { type OpenStudy, openStudy, type StudyChoices } from './opening/open-study.ts'
import { bestTrial, rankTrials } from './ranking.ts'
import { brokenStudy } from './scheduling/failure-limit.ts'
import { type FaultOptions, type FaultPolicy, resolveFaults } from './scheduling/faults.ts'
import { growingSpace } from './scheduling/growing-space.ts'
import { Ledger } from './scheduling/ledger.ts'
import { Observer } from './scheduling/observation.ts'
import { Proposals } from './scheduling/proposals.ts'
import { Pruning } from './scheduling/pruning.ts'
import { type CheckpointOptions, Retention, type RetentionPolicy, resolveRetention } from './scheduling/retention.ts'
import { Scheduler } from './scheduling/scheduler.ts'
import { SlicedRunner } from './scheduling/sliced-runner.ts'
import { reasonToStop } from './scheduling/stopping.ts'
import { tunerStream } from './scheduling/streams.ts'
import { withStorage } from './with-storage.ts'

export interface RunOptions extends StudyChoices, RunnerOptions {
  /** A storage, or the path of a SQLite file. Default `tune.db`. */
  readonly storage?: Storage | string
  /** Handed to `data()` as `path`. Default: the environment variable TUNE_DATA. */
  readonly dataPath?: string
  /** Over those of the definition, one by one; they hold for this run. */
  readonly faults?: FaultOptions
  /** Over those of the definition, one by one; they hold for this run. */
  readonly checkpoints?: CheckpointOptions
  /** Stops the study: what is finished is kept, and the promise rejects with `study/interrupted`. */
  readonly signal?: AbortSignal
  /** Called once, before the first trial. */
  readonly onStart?: (start: StudyStart) => void
  /** Called for everything that happens, in order. */
  readonly onEvent?: (event: StudyEvent) => void
}

/** A study at the moment at which a run of it begins. */
export interface StudyStart {
  readonly record: StudyRecord
  /** What earlier runs left. */
  readonly trials: readonly TrialRecord[]
  readonly workers: number
  readonly folds: number
  /** What the tuner plans to train, where it does not train every trial to the end. */
  readonly brackets: Brackets | undefined
}

export interface StudyResult {
  readonly record: StudyRecord
  /** The best first; trials without a value last. */
  readonly trials: readonly TrialRecord[]
  /** Absent where no trial was completed. */
  readonly best: TrialRecord | undefined
  /** The tuner stopped early, since every configuration of the space has been tried. */
  readonly exhausted: boolean
  /** How busy the workers were in this run. */
  readonly run: RunRecord
  /** Why the study ended before its tuner did, in words; undefined where it did not. */
  readonly stopped: string | undefined
}

/**
 * Runs a study, or goes on with the one of its name: a module's URL or path (workers load it), or a definition (runs in
 * this thread). Throws a coded error for whatever keeps it from running; a trial that fails is a result, not an error.
 */
export async function runStudy<const S extends SpaceDeclaration>(
  study: URL | string | StudyDefinition<S>,
  options: RunOptions = {},
): Promise<StudyResult> {
  if (typeof study === 'string' || study instanceof URL) {
    const source = moduleSource(study, options.dataPath ?? process.env.TUNE_DATA)
    return runSource(source, options)
  }
  const definition: unknown = study
  checkDefinition(definition, 'runStudy')
  return withStorage(options.storage, false, (storage) => run(definition, { kind: 'inline' }, storage, options))
}

/** Runs what a source stands for, a module or a sweep. */
export async function runSource(source: StudySource, options: RunOptions): Promise<StudyResult> {
  const definition = await loadSource(source)
  return withStorage(options.storage, false, (storage) => run(definition, source, storage, options))
}

/** Goes on with a kept study, from the database and the files that it names. */
export async function resumeStudy(name: string, options: RunOptions = {}): Promise<StudyResult> {
  return withStorage(options.storage, true, async (storage) => {
    const { source } = await keptStudy(storage, name)
    const from = movedSource(source, options.dataPath)
    return run(await loadSource(from), from, storage, { ...options, name })
  })
}

async function run(
  definition: StudyDefinition,
  source: StudySource,
  storage: Storage,
  options: RunOptions,
): Promise<StudyResult> {
  const policies = {
    faults: resolveFaults({ ...definition.faults, ...options.faults }),
    retention: resolveRetention({ ...definition.checkpoints, ...options.checkpoints }),
  }
  const crew = new Crew((opened) => makeRunner(opened, source, options))
  try {
    const study = await decideEngines(await openStudy(definition, source, options, storage), crew, options.signal)
    if (study.isNew) await storage.createStudy(study.record)
    const { record } = study
    const lease = await storage.acquireLease(record.name)
    try {
      const ledger = new Ledger(record.name, lease, await storage.readTrials(record.name))
      if (options.onEvent !== undefined) ledger.listen(options.onEvent)
      try {
        const runner = await crew.runnerOf(study)
        return await schedule(study, ledger, storage.checkpoints(record.name), runner, policies, options)
      } finally {
        await crew.close()
        await ledger.close()
      }
    } finally {
      await lease.release()
    }
  } finally {
    await crew.close()
  }
}

async function schedule(
  study: OpenStudy,
  ledger: Ledger,
  store: CheckpointStore,
  runner: Runner,
  { faults, retention }: { readonly faults: FaultPolicy; readonly retention: RetentionPolicy },
  options: RunOptions,
): Promise<StudyResult> {
  const { record, resolved, space } = study
  const { objective, folds, seed } = resolved
  const { signal = new AbortController().signal } = options
  if (!study.isNew)
    await ledger.keep({
      type: 'study-reopened',
      at: Date.now(),
      tuner: { name: study.tuner.name, options: study.tuner.options },
    })
  options.onStart?.({
    record: { ...record, tuner: study.tuner },
    trials: ledger.trials,
    workers: runner.concurrency,
    folds,
    brackets: study.tuner.plan?.(resolved.epochs),
  })
  const tunerIn = (known: Space) =>
    study.tuner.create({ space: known, random: tunerStream(seed), epochs: resolved.epochs })
  const tuner = tunerIn(space)
  const observer = new Observer(objective)
  const started = performance.now()
  const stop = (trials: readonly TrialRecord[]) =>
    reasonToStop(resolved.stop, trials, objective, performance.now() - started)
  const proposals = new Proposals({ tuner, observer, window: resolved.window, stop })
  const checkpoints = await Retention.open({
    store,
    policy: retention,
    direction: objective.direction,
    trials: () => ledger.trials,
    mayContinue: () => proposals.mayContinue(ledger.trials),
  })
  const scheduler = new Scheduler({
    seed,
    objective,
    folds,
    ledger,
    proposals,
    runner: sliced(study, runner, ledger, checkpoints, retention.everyMs),
    checkpoints,
    keepCheckpoints: proposals.continuesTrials || retention.best > 0,
    faults,
    pruning: resolved.pruner && new Pruning({ pruner: resolved.pruner, observer, window: resolved.window }, tuner),
    onDeclared: growingSpace(space, (grown) => proposals.retune(tunerIn(grown))),
    clock: systemClock,
    signal,
  })
  const startedAt = systemClock.now()
  const ended = (): RunRecord => {
    const run = { startedAt, finishedAt: systemClock.now(), workers: runner.concurrency, busyMs: scheduler.busyMs }
    ledger.add({ type: 'run-finished', ...run })
    return run
  }
  await scheduler.run().catch((error: unknown) => {
    ended()
    if (!signal.aborted) throw error
    throw new TunerError('study/interrupted', `Study "${record.name}" was stopped; what is finished is kept.`, {
      hint: `Go on with: tune resume ${record.name}`,
    })
  })
  const run = ended()
  await ledger.keep({ type: 'study-finished', at: Date.now() })
  await checkpoints.finish()
  const history = ledger.trials.map((trial) => observer.observe(trial))
  const exhausted = proposals.stopped === undefined && (tuner.exhausted?.(history) ?? false)
  return { ...summarize(record, ledger.trials), exhausted, stopped: proposals.stopped, run }
}

/** Long folds leave a state to go on from now and then, where what trains them can go on. */
function sliced(
  { resolved }: OpenStudy,
  runner: Runner,
  ledger: Ledger,
  checkpoints: Retention,
  everyMs: number,
): Runner {
  if (resolved.workload.work.kind !== 'model') return runner
  return new SlicedRunner(runner, {
    everyMs,
    async keep({ trial, fold }, checkpoint) {
      // A checkpoint that is ahead of the curve that is kept would be of no use.
      await ledger.keep()
      await checkpoints.save(trial, fold, checkpoint)
    },
  })
}

function summarize(record: StudyRecord, trials: readonly TrialRecord[]) {
  const { direction } = record.objective
  const last = trials.at(-1)
  if (last !== undefined && trials.every(({ status }) => status === 'failed'))
    throw brokenStudy(trials.length, last.cause)
  return { record, trials: rankTrials(trials, direction), best: bestTrial(trials, direction) }
}
