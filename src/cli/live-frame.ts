import type { TrialRecord } from '../core/trial.ts'
import { keptEngines } from '../study/opening/kept-engines.ts'
import type { StudyStart } from '../study/run-study.ts'
import { bar } from './bar.ts'
import { plural } from './counts.ts'
import { figuresInWords } from './engine-words.ts'
import { headline } from './headline.ts'
import { shownMetrics } from './metrics-shown.ts'
import { clockTime, meanAndSpread, short } from './numbers.ts'
import type { ProgressSnapshot, RunningFold } from './progress.ts'
import { searchedParameters } from './searched.ts'
import { line, type Span } from './spans.ts'
import type { Style } from './style.ts'
import { paramWords } from './trial-line.ts'

export interface Frame {
  readonly columns: number
  readonly rows: number
  readonly style: Style
}

/** The lines of the live view at one moment, none wider than the terminal, no more than it has rows. */
export function liveFrame(start: StudyStart, snapshot: ProgressSnapshot, { columns, rows, style }: Frame): string[] {
  const { name } = start.record
  const head: Span[] = [
    [name, 'bold'],
    [`  ${headline(start).join(' · ')}`, 'dim'],
  ]
  const figures = figuresLines(start)
  const best = bestLines(start, snapshot.best)
  // Four lines above and below what is running, and the one on which the cursor waits.
  const around = 6 + figures.length + best.length
  const spans = [
    head,
    ...figures,
    [],
    progressSpans(snapshot, columns),
    [],
    ...runningLines(start, snapshot, rows - around),
    ...best,
  ]
  return spans.map((parts) => line(parts, columns, style))
}

function figuresLines({ record }: StudyStart): Span[][] {
  const engines = keptEngines(record)
  const figures = engines && figuresInWords(engines)
  return figures === undefined ? [] : [[[`  ${figures}`, 'dim']]]
}

function progressSpans({ finished, planned, fraction, elapsedMs, leftMs }: ProgressSnapshot, columns: number): Span[] {
  const elapsed = clockTime(elapsedMs)
  if (planned === undefined || fraction === undefined) {
    return [
      [plural(finished, 'trial'), 'bold'],
      [`  ${elapsed} elapsed`, 'dim'],
    ]
  }
  const left = leftMs === undefined ? 'time left not known yet' : `about ${clockTime(leftMs)} left`
  const told = `  ${finished}/${planned} trials  ${Math.floor(fraction * 100)}%`
  const times = `  ${elapsed} elapsed, ${left}`
  return [...bar(fraction, columns - told.length - times.length), [told, 'bold'], [times, 'dim']]
}

function runningLines({ record, folds }: StudyStart, { running }: ProgressSnapshot, room: number): Span[][] {
  if (running.length === 0) return [[['  starting workers', 'dim']], []]
  const digits = (pick: (fold: RunningFold) => number) => Math.max(...running.map((fold) => String(pick(fold)).length))
  const [trials, epochs] = [digits(({ trial }) => trial), digits((fold) => fold.epochs)]
  const shown = running.length <= room ? running : running.slice(0, Math.max(1, room - 1))
  const lines = shown.map(({ trial, fold, epoch, epochs: asked, value, silentMs }): Span[] => [
    [`  trial ${String(trial).padStart(trials)}`, 'cyan'],
    [folds > 1 ? `  fold ${fold}/${folds}` : ''],
    [`  epoch ${String(epoch).padStart(epochs)}/${asked}`],
    [value === undefined ? '' : `  ${record.objective.metric} ${short(value)}`],
    [silentMs === undefined ? '' : `  nothing heard for ${clockTime(silentMs)}`, 'yellow'],
  ])
  const hidden = running.length - shown.length
  return [...lines, ...(hidden > 0 ? [[[`  and ${hidden} more`, 'dim'] satisfies Span]] : []), []]
}

function bestLines({ record }: StudyStart, best: TrialRecord | undefined): Span[][] {
  if (best === undefined) return []
  const { objective, space } = record
  const metrics = shownMetrics([best], objective).flatMap((name) => {
    const summary = best.metrics[name]
    if (summary === undefined) return []
    return [`${name} ${meanAndSpread(summary)}`]
  })
  return [
    [['  best', 'green'], [`  trial ${best.number}  ${metrics.join('  ')}`]],
    [[`        ${paramWords(best, searchedParameters(space)).join('  ')}`, 'dim']],
  ]
}
