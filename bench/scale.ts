import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Contestant } from './contestants/contestant.ts'
import { studyProcess } from './contestants/entrants.ts'
import type { Steady } from './measure/steady.ts'
import { bars } from './plot/bars.ts'
import type { BenchOptions, BenchResult, Row } from './row.ts'
import { pointToEnvironment, type ScalePoint, USUAL } from './workloads/scale-point.ts'

type Axis = keyof ScalePoint

const POINTS: Readonly<Record<Axis, readonly number[]>> = {
  trials: [10, 30, 100, 300, 1000, 2000],
  rows: [500, 2000, 10_000, 50_000, 200_000],
  width: [8, 32, 128, 512, 1024],
  depth: [1, 2, 4, 8, 16],
}
const QUICK: Readonly<Record<Axis, readonly number[]>> = {
  trials: [10, 100],
  rows: [500, 10_000],
  width: [8, 128],
  depth: [1, 4],
}
/** Trials before the measurement begins: what a process costs at its start is no part of how cost grows. */
const WARM = 10

/** How trials per minute fall as a study grows in one direction: its trials, its rows, its networks' width and depth. */
export async function run({ quick, only }: BenchOptions): Promise<BenchResult> {
  const workers = Math.min(2, availableParallelism())
  const axes = (Object.keys(POINTS) as Axis[]).filter((axis) => only === undefined || axis === only)
  const rows: Row[] = []
  for (const axis of axes) {
    let first: Row | undefined
    for (const size of (quick ? QUICK : POINTS)[axis]) {
      const point = { ...USUAL, trials: quick ? 10 : USUAL.trials, [axis]: size }
      const row: Row = {
        case: axis,
        what: `simd@${size}`,
        unit: 'trials/min',
        value: await rate(point, workers),
        workers,
      }
      rows.push(first === undefined ? row : { ...row, reference: first.what, ratio: row.value / first.value })
      first ??= row
    }
  }
  const usual = `${USUAL.rows} rows, ${USUAL.depth} hidden layers of ${USUAL.width}, batch 32, 5 epochs, a holdout of 20%`
  return { rows, remarks: [`One thing is varied at a time, from: ${usual}.`, bars('trials/min', rows)] }
}

async function rate(point: ScalePoint, workers: number): Promise<number> {
  const module = fileURLToPath(new URL('workloads/scale.ts', import.meta.url))
  const task = { module, workers, trials: point.trials + WARM, warm: WARM }
  const study = await Contestant.start(studyProcess(task), pointToEnvironment(point))
  try {
    return (await study.measure<Steady>()).trialsPerMinute
  } finally {
    study.stop()
  }
}
