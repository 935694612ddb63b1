import { type Effort, entrantsOf } from './contestants/entrants.ts'
import { race } from './contestants/race.ts'
import { against } from './measure/compare.ts'
import { findPython, NO_PYTHON } from './peers/python.ts'
import type { BenchOptions, BenchResult, Row } from './row.ts'
import { type Case, cases } from './workloads/cases.ts'

const OTHERS = ['tfjs-wasm', 'tfjs-wasm-repaired', 'keras-tensorflow', 'keras-jax']

/** Whole trials and single training steps of four workloads: ours, tfjs as shipped, and Keras, taking turns. */
export async function run({ quick, only }: BenchOptions): Promise<BenchResult> {
  const effort: Effort = { quick, milliseconds: quick ? 200 : 1500 }
  const wanted = cases.filter(({ name }) => only === undefined || name === only)
  if (wanted.length === 0) throw new Error(`There is no case "${only}": ${cases.map(({ name }) => name).join(', ')}.`)
  const chosen = quick ? wanted.map((full) => ({ ...full, epochs: Math.ceil(full.epochs / 20) })) : wanted
  const results: BenchResult[] = []
  for (const workload of chosen) {
    results.push(await race(workload, entrantsOf(workload, effort), quick ? 1 : 3))
  }
  const rows = results.flatMap((result) => [...ordered(result.rows), ...comparisons(result.rows)])
  const python = findPython() === undefined ? [`Keras and NumPy: ${NO_PYTHON}`] : []
  return {
    rows,
    notes: [...python, ...results.flatMap(({ notes = [] }) => notes)],
    versions: Object.assign({}, ...results.map(({ versions }) => versions)),
    remarks: [
      ...(quick ? ['Quick: trials of a twentieth of the epochs, measured once.'] : []),
      ...chosen.map(described),
      '~: extrapolated to a trial from building a model, its first epoch and further ones of some steps. All other trials a minute come from whole trials, trained from the first model to the last epoch of the last fold.',
    ],
  }
}

function ordered(rows: readonly Row[]): Row[] {
  return ['trials/min', 'ms/step', 'GFLOP/s'].flatMap((unit) => rows.filter((row) => row.unit === unit))
}

/** How many trials to one of each other's, how long its steps take to one of ours, and what repairing tfjs brings. */
function comparisons(rows: readonly Row[]): Row[] {
  return [
    ...against(rows, 'simd', OTHERS, 'trials/min'),
    ...OTHERS.flatMap((other) => against(rows, other, ['simd'], 'ms/step')),
    ...against(rows, 'tfjs-wasm', ['tfjs-wasm-repaired'], 'ms/step'),
    ...against(rows, 'simd', ['numpy-matmul'], 'GFLOP/s'),
  ]
}

function described({ name, folds, epochs, batchSize, rows }: Case): string {
  const trial = `${folds} fold${folds === 1 ? '' : 's'} x ${epochs} epochs, ${rows.training} rows to train and ${rows.validation} to validate, batch ${batchSize}`
  return `${name}: a trial is ${trial}.`
}
