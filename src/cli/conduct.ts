import { systemClock } from '../core/clock.ts'
import { TunerError } from '../core/errors.ts'
import type { StudyEvent } from '../storage/events.ts'
import type { RunOptions, StudyResult, StudyStart } from '../study/run-study.ts'
import { typedCommand } from './arguments.ts'
import { plural } from './counts.ts'
import { interruptible } from './interrupt.ts'
import { liveView } from './live-view.ts'
import type { TrainingCommandOptions } from './options.ts'
import { plainLines } from './plain-lines.ts'
import { reportResult } from './report-result.ts'
import type { Terminal } from './terminal.ts'
import { silentView, type View } from './view.ts'

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
    const result = await interruptible((signal) => run({ signal, onStart, onEvent }), onStop)
    view.close()
    reportResult(result, options, terminal)
  } catch (error) {
    throw isInterruption(error) ? stopped(error, tally, options) : error
  } finally {
    view.close()
  }
}

function viewFor({ json = false }: TrainingCommandOptions, { out, style, err, errStyle, print, env }: Terminal): View {
  const own = json ? { stream: err, style: errStyle, other: out } : { stream: out, style, other: err }
  if (own.stream.isTTY && env.TERM !== 'dumb') return liveView({ ...own, clock: systemClock })
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
  return new TunerError('study/interrupted', kept, { hint: `Go on with: ${typedCommand('resume', study, db)}` })
}
