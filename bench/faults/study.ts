// Small regressions by a loop of its own, in workers that meet what plan.ts has for them. Told by the environment:
// FAULTS_SEED (absent: nothing befalls anybody), FAULTS_ISOLATION, FAULTS_FOLDER (attempts and processes are noted there).
import { appendFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { defineStudy, float, int, kFold, moons, randomSearch } from 'tfjs-tuner'
import { EPOCHS, FOLDS, fateOf } from './plan.ts'

const { FAULTS_SEED: seed, FAULTS_ISOLATION: isolation = 'thread', FAULTS_FOLDER: folder = '.' } = process.env
/** Enough to be met in the middle of an epoch. */
const EPOCH_MS = 10

// A worker process has this module in its main thread, as the program that runs the study has.
if (isMainThread) writeFileSync(join(folder, `process-${process.pid}`), '')

export default defineStudy({
  name: 'faults',
  space: { rate: float(0.01, 1, { scale: 'log' }), steps: int(1, 20) },
  data: () => moons({ rows: 60 }),
  train({ params, data, trial, fold, report }) {
    const meet = seed === undefined ? () => false : fate(Number(seed), trial, fold)
    const points = data.dataset.inputs[0]
    const labels = data.dataset.targets[0].data
    const coordinates = points.kind === 'dense' ? points.data : []
    const weights = [Math.random() - 0.5, Math.random() - 0.5, 0]
    const error = (row: number) => {
      const [x = 0, y = 0] = [coordinates[2 * row], coordinates[2 * row + 1]]
      const [a = 0, b = 0, c = 0] = weights
      return { x, y, by: a * x + b * y + c - (labels[row] ?? 0) }
    }
    for (let epoch = 1; epoch <= EPOCHS; epoch++) {
      const diverges = meet(epoch)
      const until = performance.now() + EPOCH_MS
      for (let step = 0; step < params.steps; step++) {
        for (const row of data.train) {
          const { x, y, by } = error(row)
          for (const [i, slope] of [x, y, 1].entries()) {
            weights[i] = (weights[i] ?? 0) - (params.rate * by * slope) / data.train.length
          }
        }
      }
      while (performance.now() < until);
      const losses = [...data.validation].map((row) => error(row).by ** 2)
      const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length
      report(epoch, { loss: diverges ? Number.NaN : mean, val_loss: mean })
      if (diverges) return
    }
  },
  validation: kFold(FOLDS),
  training: { epochs: EPOCHS },
  tuner: randomSearch({ trials: 300 }),
})

/** Does what is to befall this attempt before the epoch that it is told; true: the epoch's loss is no number. */
function fate(studySeed: number, trial: number, fold: number): (epoch: number) => boolean {
  const fate = fateOf(studySeed, trial, isolation)
  const attempts = join(folder, `attempts-${trial}-${fold}`)
  appendFileSync(attempts, '.')
  const spared = fate.fold !== fold || (fate.passes && statSync(attempts).size > 1)
  return (epoch) => {
    if (spared || epoch !== fate.epoch + 1) return false
    if (fate.fault === 'throw') throw new RangeError(`trial ${trial} throws`)
    if (fate.fault === 'exit') process.exit(3)
    if (fate.fault === 'abort') process.abort()
    if (fate.fault === 'kill') process.kill(process.pid, 'SIGKILL')
    if (fate.fault === 'hang') for (;;);
    if (fate.fault === 'allocate') allocate()
    return fate.fault === 'nan'
  }
}

/** Takes memory and touches it until somebody stops that. */
function allocate(): never {
  const taken: Uint8Array[] = []
  for (;;) {
    taken.push(new Uint8Array(8 * 2 ** 20).fill(1))
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
  }
}
