import type { Collector } from '../../keras/metric-function.ts'
import type { Arena } from '../plan/arena.ts'
import type { Tensor } from '../plan/tensor.ts'
import type { Metric } from './metric.ts'

/** A metric that a collector makes of all rows together. */
export function collected(names: readonly string[], collector: () => Collector): Metric {
  return {
    names,
    gauge({ prediction, target }) {
      let all = collector()
      return {
        reset() {
          all = collector()
        },
        add({ rows }, arena) {
          all.add(numbersOf(target, arena, rows), numbersOf(prediction, arena, rows), prediction.width)
        },
        value: () => all.value(),
      }
    },
  }
}

/** The numbers of `rows` rows without their padding. */
function numbersOf({ value, lines, width, lanes }: Tensor, { floats }: Arena, rows: number): Float32Array {
  const base = value.at >>> 2
  if (width === lanes) return floats.slice(base, base + rows * lines * width)
  const out = new Float32Array(rows * lines * width)
  for (let line = 0; line < rows * lines; line++) {
    for (let c = 0; c < width; c++) out[line * width + c] = floats[base + line * lanes + c] as number
  }
  return out
}
