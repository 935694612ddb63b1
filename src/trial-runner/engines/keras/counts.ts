import type { Collector } from './metric-function.ts'

/** Right and wrong answers, where a prediction above the threshold says yes. */
export interface Counts {
  truePositives: number
  falsePositives: number
  falseNegatives: number
}

/** Calls `visit` with each number's target (is it 1?) and prediction; class numbers are seen as one-hot lines. */
export function eachAnswer(
  targets: ArrayLike<number>,
  predictions: ArrayLike<number>,
  width: number,
  visit: (target: boolean, prediction: number) => void,
): void {
  const classNumbers = targets.length !== predictions.length
  for (let i = 0; i < predictions.length; i++) {
    const line = Math.floor(i / width)
    const target = classNumbers ? targets[line] === i - line * width : (targets[i] as number) > 0.5
    visit(target, predictions[i] as number)
  }
}

/** Counts answers, over all columns alike, and makes a number of the counts. */
export function counting(threshold: number, value: (counts: Counts) => number): Collector {
  const counts: Counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0 }
  return {
    add(targets, predictions, width) {
      eachAnswer(targets, predictions, width, (target, prediction) => {
        if (prediction > threshold) counts[target ? 'truePositives' : 'falsePositives']++
        else if (target) counts.falseNegatives++
      })
    },
    value: () => value(counts),
  }
}

/** 0 where there is nothing to divide by, as Keras has it. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}
