import { eachAnswer } from './counts.ts'
import type { Collector } from './metric-function.ts'

/**
 * The chance that a random positive is ranked above a random negative, ties counting half (Mann and Whitney, 1947): the
 * exact area under the ROC curve. 0 where one of the two is missing, as Keras has it.
 */
export function areaUnderCurve(): Collector {
  const positives: number[] = []
  const negatives: number[] = []
  return {
    add(targets, predictions, width) {
      eachAnswer(targets, predictions, width, (target, prediction) => {
        ;(target ? positives : negatives).push(prediction)
      })
    },
    value() {
      if (positives.length === 0 || negatives.length === 0) return 0
      const [high, low] = [Float32Array.from(positives).sort(), Float32Array.from(negatives).sort()]
      let wins = 0
      let below = 0
      let notAbove = 0
      for (const value of high) {
        while (below < low.length && (low[below] as number) < value) below++
        while (notAbove < low.length && (low[notAbove] as number) <= value) notAbove++
        wins += (below + notAbove) / 2
      }
      return wins / (high.length * low.length)
    },
  }
}
