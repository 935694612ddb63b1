import { relative } from 'node:path'
import { systemClock } from '../core/clock.ts'
import { TunerError } from '../core/errors.ts'
import type { StudyEvent } from '../storage/events.ts'
import { DEFAULT_DATABASE } from '../study/default-database.ts'
import type { RunOptions, StudyResult, StudyStart } from '../study/run-study.ts'
import { shellWord } from './arguments.ts'
import { plural } from './counts.ts'
import { interruptible } from './interrupt.ts'
import { toTrialJson } from './json-forms.ts'
import { liveView } from './live-view.ts'
import { nothingComplete } from './nothing-complete.ts'
import type { TrainingCommandOptions } from './options.ts'
import { plainLines } from './plain-lines.ts'
import { rankingTable } from './ranking-table.ts'
import { sweepTable } from './sweep-table.ts'
import type { Terminal } from './terminal.ts'
import { silentView, type View } from './view.ts'

/** How many trials the table at the end of a run shows. */
const SHOWN = 10

/** What `conduct` adds to the options of a run. */
type Hooks = Required<Pick<RunOptions, 'signal' | 'onStart' | 'onEvent'>>

/** Runs a study for a person or, with `--json`, for a program: shows it while it runs, then what came of it. */
export async function conduct(
  run: (hooks: Hooks) => Promise<StudyResult>,
  options: TrainingCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const view = viewFor(options, terminal)
  const tally = new Tally()
  const onStart = (start: StudyStart) => {
    tally.start(start)
    view.onStart(start)
  }
  const onEvent = (event: StudyEvent) => {
    tally.count(event)
    view.onEvent(event)
  }
  const onStop = () => {
    view.close()
    if (!options.json) terminal.err.write('Stopping; Ctrl-C again stops at once.\n')
  }
  try {
    if (options.backend !== undefined) await checkBackend(options.backend)
    const result = await interruptible((signal) => run({ signal, onStart, onEvent }), onStop)
    view.close()
    report(result, options, terminal)
  } catch (error) {
    throw isInterruption(error) ? stopped(error, tally, options) : error
  } finally {
    view.close()
  }
}

/** A backend that no worker can use is an error of the command, not of its trials. */
async function checkBackend(name: string): Promise<void> {
  const { selectBackend } = await import('../trial-runner/backends/registry.ts')
  await selectBackend(name)
}

function viewFor({ json = false }: TrainingCommandOptions, { out, style, err, errStyle, print, env }: Terminal): View {
  const [stream, ownStyle] = json ? [err, errStyle] : [out, style]
  if (stream.isTTY && env.TERM !== 'dumb') return liveView(stream, ownStyle, systemClock)
  return json ? silentView : plainLines((line) => print([line]), systemClock)
}

/** How far a run came, for whoever stops it. */
class Tally {
  #study: string | undefined
  #finished = 0

  get study(): string | undefined {
    return this.#study
  }

  get finished(): number {
    return this.#finished
  }

  start({ record, trials }: StudyStart): void {
    this.#study = record.name
    this.#finished = trials.filter(({ status }) => status !== 'running').length
  }

  count({ type }: StudyEvent): void {
    if (type === 'trial-finished') this.#finished++
    if (type === 'trial-continued') this.#finished--
  }
}

function isInterruption(error: unknown): error is TunerError {
  return error instanceof TunerError && error.code === 'study/interrupted'
}

function stopped(error: TunerError, { study, finished }: Tally, { db }: TrainingCommandOptions): TunerError {
  if (study === undefined) return error
  const kept = `Stopped; "${study}" is kept in ${db} with ${plural(finished, 'finished trial')} and every finished fold.`
  return new TunerError('study/interrupted', kept, { hint: `Go on with: ${command('resume', study, db)}` })
}

/** A command as it is to be typed, from the folder in which this one was. */
function command(verb: string, study: string, db: string): string {
  const database = db === DEFAULT_DATABASE ? '' : ` --db ${shellWord(db)}`
  return `tune ${verb} ${shellWord(study)}${database}`
}

function report(result: StudyResult, options: TrainingCommandOptions, terminal: Terminal): void {
  const { record, trials, best } = result
  const { name } = record
  if (options.json) {
    if (best === undefined) throw nothingComplete(name)
    terminal.printJson(toTrialJson(name, best))
    return
  }
  const { style, print } = terminal
  const sweep = record.source.kind === 'sweep' ? ['', ...sweepTable(record, trials)] : []
  const [heading, ...rest] = rankingTable(record, trials, SHOWN)
  print([
    '',
    style('bold', `Ranking of ${name}`),
    '',
    style('dim', heading ?? ''),
    ...rest,
    ...sweep,
    ...limitLines(result),
  ])
  const more = ['trials', 'show', 'best'].map((verb) => `  ${command(verb, name, options.db)}`)
  print(['', `Kept in ${relative('.', options.db) || options.db}. To see more:`, ...more])
}

/** Why there are fewer trials than were asked for. */
function limitLines({ record, trials, exhausted }: StudyResult): string[] {
  const asked = record.tuner.options.trials
  if (!exhausted || typeof asked !== 'number' || trials.length >= asked) return []
  return ['', `Of ${asked} trials only ${trials.length} were needed: every configuration of the space has been tried.`]
}
