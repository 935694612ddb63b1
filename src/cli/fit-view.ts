import { createLogUpdate } from 'log-update'
import type { Clock } from '../core/clock.ts'
import type { Metrics } from '../core/trial.ts'
import type { FitStart } from '../study/fit/fit-best.ts'
import { bar } from './bar.ts'
import { plural } from './counts.ts'
import { clockTime, short } from './numbers.ts'
import type { CommonOptions } from './options.ts'
import { line, type Span } from './spans.ts'
import type { Terminal } from './terminal.ts'
import { WorkRate } from './work-rate.ts'

const REDRAW_MS = 100
/** Between two lines of a log. */
const LINE_MS = 10_000

/** Shows a fit while it trains. */
export interface FitView {
  onStart(start: FitStart): void
  onEpoch(epoch: number, metrics: Metrics): void
  /** Ends the view, whatever the fit came to; may be called twice. */
  close(): void
}

/** On a terminal a line that is redrawn in place; in a file or a pipe a line now and then; none where `json` is piped. */
export function fitView({ json = false }: CommonOptions, terminal: Terminal, clock: Clock): FitView {
  const { out, err, style, errStyle, env } = terminal
  const own = json ? { stream: err, style: errStyle } : { stream: out, style }
  const isLive = own.stream.isTTY && env.TERM !== 'dumb'
  const draw = isLive ? createLogUpdate(own.stream) : undefined
  const rate = new WorkRate([])
  let [epochs, startedAt, shownAt] = [0, 0, 0]
  const show = (epoch: number, loss: number | undefined) => {
    shownAt = clock.now()
    const leftMs = rate.epochsMs(epochs - epoch, shownAt)
    const spans = progressSpans({ epoch, epochs, loss, elapsedMs: shownAt - startedAt, leftMs })
    const { columns = 80 } = own.stream
    const told = spans.reduce((width, [text]) => width + text.length, 0)
    draw?.(line([...bar(epoch / epochs, columns - told - 2), ['  '], ...spans], columns, own.style))
    if (draw === undefined && !json) terminal.print([spans.map(([text]) => text).join('')])
  }
  return {
    onStart(start) {
      epochs = start.epochs
      startedAt = clock.now()
      shownAt = startedAt
      if (draw !== undefined) show(0, undefined)
      else if (!json) terminal.print([startLine(start)])
    },
    onEpoch(epoch, { loss }) {
      const now = clock.now()
      rate.epochFinished(now)
      if (now - shownAt >= (isLive ? REDRAW_MS : LINE_MS)) show(epoch, loss)
    },
    close() {
      draw?.clear()
      draw?.done()
    },
  }
}

function startLine({ record, trial, epochs, rows }: FitStart): string {
  const parts = [`trial ${trial.number}`, `all ${plural(rows, 'row')}`, plural(epochs, 'epoch'), `seed ${record.seed}`]
  return [`fit ${record.name}`, ...parts].join('  ')
}

interface FitProgress {
  readonly epoch: number
  readonly epochs: number
  readonly loss: number | undefined
  readonly elapsedMs: number
  /** Undefined where it cannot be told yet. */
  readonly leftMs: number | undefined
}

function progressSpans({ epoch, epochs, loss, elapsedMs, leftMs }: FitProgress): Span[] {
  const left = leftMs === undefined ? 'time left not known yet' : `about ${clockTime(leftMs)} left`
  return [
    [`epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`, 'bold'],
    [loss === undefined ? '' : `  loss ${short(loss)}`],
    [`  ${clockTime(elapsedMs)} elapsed, ${left}`, 'dim'],
  ]
}
