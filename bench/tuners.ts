import type { Params } from '../src/core/params.ts'
import { RandomStream } from '../src/core/random.ts'
import { choice, float, int } from '../src/search-space/parameter.ts'
import { Space } from '../src/search-space/space.ts'
import { tunerFromJSON } from '../src/tuners/registry.ts'
import type { Observation } from '../src/tuners/tuner.ts'
import { ackley10 } from './problems/ackley10.ts'
import { branin } from './problems/branin.ts'
import { hartmann6 } from './problems/hartmann6.ts'
import { hpolib } from './problems/hpolib.ts'
import type { Problem } from './problems/problem.ts'
import { rosenbrock10 } from './problems/rosenbrock10.ts'
import type { BenchOptions, BenchResult, Row } from './row.ts'

interface Entrant {
  readonly name: string
  /** The best value is told after so many trials. */
  readonly at: readonly number[]
  /** The mean time of a proposal is told over so many trials. */
  readonly overhead: readonly number[]
}

const entrants: readonly Entrant[] = [
  { name: 'randomSearch', at: [50, 100], overhead: [1000] },
  { name: 'tpe', at: [50, 100], overhead: [1000] },
  { name: 'cmaEs', at: [50, 100], overhead: [1000] },
]

/** Three floats, an int and a choice. */
const ordinary = Space.declare({
  dropout: float(0, 0.6),
  momentum: float(0, 1),
  learningRate: float(1e-5, 1e-1, { scale: 'log' }),
  units: int(8, 512),
  activation: choice(['relu', 'tanh', 'elu']),
})

/** Median best value of 20 seeds on known functions and tables, and what a proposal costs. */
export function run({ quick }: BenchOptions): BenchResult {
  const seeds = quick ? 3 : 20
  const folder = process.env.TUNE_BENCH_DATA ?? ''
  const table = hpolib(folder)
  const problems = [branin, hartmann6, ackley10, rosenbrock10, ...(table === undefined ? [] : [table])]
  const notes = table === undefined ? ['hpolib: TUNE_BENCH_DATA (or --data) names no folder with its table.'] : []
  const rows: Row[] = []
  for (const problem of problems) for (const entrant of entrants) rows.push(...race(problem, entrant, seeds))
  for (const { name, overhead } of entrants) {
    for (const trials of overhead) {
      const { ms } = play({ name, trials: quick ? Math.min(trials, 100) : trials, seed: 1, space: ordinary }, somewhere)
      rows.push({ case: 'overhead', what: `${name}@${trials}`, unit: 'ms a proposal', value: ms / trials })
    }
  }
  return { rows, notes }
}

function race({ name: problem, unit, space, objective }: Problem, { name, at }: Entrant, seeds: number): Row[] {
  const runs = Array.from({ length: seeds }, (_, seed) => {
    return play({ name, trials: Math.max(...at), seed, space }, objective(seed)).values
  })
  return at.map((trials) => {
    const bests = runs.map((values) => Math.min(...values.slice(0, trials)))
    return { case: problem, what: `${name}@${trials}`, unit, value: median(bests) }
  })
}

/** One study: its values in order, and how long the tuner thought. */
function play(
  study: { readonly name: string; readonly trials: number; readonly seed: number; readonly space: Space },
  objective: (params: Params) => number,
): { readonly values: readonly number[]; readonly ms: number } {
  const { name, trials, seed, space } = study
  const tuner = tunerFromJSON({ name, options: { trials } }).create({
    space,
    random: new RandomStream(seed),
    epochs: 1,
  })
  const history: Observation[] = []
  const values: number[] = []
  let ms = 0
  while (history.length < trials) {
    const start = performance.now()
    const [suggestion] = tuner.suggest(history, 1)
    ms += performance.now() - start
    if (suggestion === undefined) break
    const { params, epochs, note } = suggestion
    const value = objective(params)
    values.push(value)
    const curve = [value]
    history.push({ number: history.length, params, status: 'complete', epochs, value, curve, folds: [curve], note })
  }
  return { values, ms }
}

/** Any smooth function will do to time a tuner. */
function somewhere(params: Params): number {
  const point = ordinary.encode(params)
  return point.reduce((sum, unit, i) => sum + (unit - 0.2 - 0.1 * i) ** 2, 0)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return ((sorted[Math.ceil(half) - 1] as number) + (sorted[Math.floor(half)] as number)) / 2
}
