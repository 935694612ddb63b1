import { createLogUpdate } from 'log-update'
import type { Clock } from '../core/clock.ts'
import { liveFrame } from './live-frame.ts'
import { Progress } from './progress.ts'
import type { Style } from './style.ts'
import type { View } from './view.ts'

const REDRAW_MS = 100

export interface LiveViewOptions {
  /** The terminal to draw on. */
  readonly stream: NodeJS.WriteStream
  readonly style: Style
  /** What else is printed on the same terminal, by a study's own code for one: it goes above the picture. */
  readonly other: NodeJS.WriteStream
  readonly clock: Clock
}

/** A picture of the run that is redrawn in place; gone when the run ends. */
export function liveView({ stream, style, other, clock }: LiveViewOptions): View {
  const draw = createLogUpdate(stream)
  const write = other.write
  let progress: Progress | undefined
  let timer: NodeJS.Timeout | undefined
  const redraw = () => {
    if (progress === undefined) return
    const { columns = 80, rows = 24 } = stream
    draw(liveFrame(progress.start, progress.snapshot(), { columns, rows, style }).join('\n'))
  }
  return {
    onStart(start) {
      progress = new Progress(start, clock)
      other.write = ((...args: Parameters<typeof write>) => {
        draw.clear()
        return write.apply(other, args)
      }) as typeof write
      redraw()
      timer = setInterval(redraw, REDRAW_MS)
    },
    onEvent(event) {
      progress?.apply(event)
    },
    close() {
      if (timer === undefined) return
      clearInterval(timer)
      timer = undefined
      other.write = write
      draw.clear()
      draw.done()
    },
  }
}
