import { createLogUpdate } from 'log-update'
import type { Clock } from '../core/clock.ts'
import { liveFrame } from './live-frame.ts'
import { Progress } from './progress.ts'
import type { Style } from './style.ts'
import type { View } from './view.ts'

const REDRAW_MS = 100

/** A picture of the run that is redrawn in place; gone when the run ends. */
export function liveView(stream: NodeJS.WriteStream, style: Style, clock: Clock): View {
  const draw = createLogUpdate(stream)
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
      draw.clear()
      draw.done()
    },
  }
}
