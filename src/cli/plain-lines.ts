import type { Clock } from '../core/clock.ts'
import { keptEngines } from '../study/opening/kept-engines.ts'
import { plural } from './counts.ts'
import { enginesInWords, figuresInWords } from './engine-words.ts'
import { headline } from './headline.ts'
import { clockTime } from './numbers.ts'
import { Progress } from './progress.ts'
import { searchedParameters } from './searched.ts'
import { trialLine } from './trial-line.ts'
import type { View } from './view.ts'

const LOOK_MS = 10_000

/** A line for each finished trial, for files, pipes and logs: no control characters. */
export function plainLines(write: (line: string) => void, clock: Clock): View {
  let progress: Progress | undefined
  let timer: NodeJS.Timeout | undefined
  const told = new Set<string>()
  const lookForSilence = () => {
    for (const { trial, fold, epoch, silentMs } of progress?.snapshot().running ?? []) {
      const which = `trial ${trial} fold ${fold}`
      if (silentMs === undefined || told.has(`${which} ${epoch}`)) continue
      told.add(`${which} ${epoch}`)
      write(
        `${which}  nothing heard for ${clockTime(silentMs)}; --epoch-timeout <seconds> ends a worker that hangs, Ctrl-C stops the study`,
      )
    }
  }
  return {
    onStart(start) {
      progress = new Progress(start, clock)
      const { finished, planned } = progress.snapshot()
      const trials = planned === undefined ? [] : [plural(planned, 'trial')]
      write([`study ${start.record.name}`, ...trials, ...headline(start)].join('  '))
      const engines = keptEngines(start.record)
      const figures = engines && figuresInWords(engines)
      if (engines && figures) write(`trained by ${enginesInWords(engines)}; measured: ${figures}`)
      timer = setInterval(lookForSilence, LOOK_MS).unref()
      if (finished > 0) write(`${plural(finished, 'trial')} of earlier runs kept`)
    },
    onEvent(event) {
      const trial = progress?.apply(event)
      if (trial === undefined || progress === undefined) return
      const { objective, space } = progress.start.record
      const isBest = progress.snapshot().best === trial
      write(trialLine(trial, objective, searchedParameters(space)) + (isBest ? '  best' : ''))
    },
    close() {
      clearInterval(timer)
    },
  }
}
