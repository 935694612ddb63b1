import type { Params } from '../src/core/params.ts'
import { RandomStream } from '../src/core/random.ts'
import { choice, float, int } from '../src/search-space/parameter.ts'
import { Space } from '../src/search-space/space.ts'
import { tunerFromJSON } from '../src/tuners/registry.ts'
import type { Observation } from '../src/tuners/tuner.ts'
import { runPeer } from './peers/run-peer.ts'
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
  /** The mean time of a proposal is told over so many trials, or over the `last` of them. */
  readonly overhead: readonly { readonly trials: number; readonly last?: number }[]
  /** Who is its like among the peers. */
  readonly peer?: string
}

const entrants: readonly Entrant[] = [
  { name: 'randomSearch', at: [50, 100], overhead: [{ trials: 1000 }], peer: 'optuna-random' },
  { name: 'quasiRandom', at: [50, 100], overhead: [{ trials: 1000 }] },
  { name: 'tpe', at: [50, 100], overhead: [{ trials: 1000 }], peer: 'optuna-tpe' },
  { name: 'cmaEs', at: [50, 100], overhead: [{ trials: 1000 }], peer: 'optuna-cmaes' },
  {
    name: 'bayesianOptimization',
    at: [50, 100],
    overhead: [
      { trials: 100, last: 20 },
      { trials: 500, last: 30 },
    ],
    peer: 'keras-tuner-bayesian',
  },
]

/** Of so many runs the fastest is told: what else the machine does only ever adds. */
const REPEATS = 3

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
  const ours = [
    ...problems.flatMap((problem) => entrants.flatMap((entrant) => race(problem, entrant, seeds))),
    ...entrants.flatMap((entrant) => overheads(entrant, quick)),
  ]
  const peers = runPeer('tuners.py', [...(quick ? ['--quick'] : []), ...(folder === '' ? [] : ['--data', folder])])
  const left = table === undefined ? ['hpolib: TUNE_BENCH_DATA (or --data) names no folder with its table.'] : []
  return {
    rows: [...ours.map((row) => against(peers.rows, row)), ...peers.rows],
    notes: [...left, ...(peers.notes ?? [])],
    ...(peers.versions === undefined ? {} : { versions: peers.versions }),
  }
}

function race({ name: problem, unit, space, objective }: Problem, { name, at }: Entrant, seeds: number): Row[] {
  const runs = Array.from({ length: seeds }, (_, seed) => {
    const study = { space, seed, trials: Math.max(...at) }
    return play(name, study, objective(seed), []).map(({ value = Number.POSITIVE_INFINITY }) => value)
  })
  return at.map((trials) => {
    const bests = runs.map((values) => Math.min(...values.slice(0, trials)))
    return { case: problem, what: `${name}@${trials}`, unit, value: median(bests) }
  })
}

function overheads({ name, overhead }: Entrant, quick: boolean): Row[] {
  return overhead.slice(0, quick ? 1 : undefined).map(({ trials: wanted, last }) => {
    const trials = quick ? Math.min(wanted, 100) : wanted
    const study = { space: ordinary, seed: 1, trials }
    const before = last === undefined ? [] : play('randomSearch', { ...study, trials: trials - last }, smooth, [])
    const times = Array.from({ length: REPEATS }, () => {
      const start = performance.now()
      play(name, study, smooth, before)
      return performance.now() - start
    })
    const ms = Math.min(...times)
    return { case: 'overhead', what: `${name}@${trials}`, unit: 'ms a proposal', value: ms / (last ?? trials) }
  })
}

/** Any smooth function will do to time a tuner; it costs a microsecond. */
function smooth(params: Params): number {
  return ordinary.encode(params).reduce((sum, unit, i) => sum + (unit - 0.2 - 0.1 * i) ** 2, 0)
}

/** One study, one trial at a time, from some trials on. */
function play(
  name: string,
  { space, seed, trials }: { readonly space: Space; readonly seed: number; readonly trials: number },
  objective: (params: Params) => number,
  before: readonly Observation[],
): readonly Observation[] {
  const tuner = tunerFromJSON({ name, options: { trials } }).create({
    space,
    random: new RandomStream(seed),
    epochs: 1,
  })
  const history = [...before]
  while (history.length < trials) {
    const [suggestion] = tuner.suggest(history, 1)
    if (suggestion === undefined) break
    const { params, epochs, note } = suggestion
    const value = objective(params)
    const curve = [value]
    history.push({ number: history.length, params, status: 'complete', epochs, value, curve, folds: [curve], note })
  }
  return history
}

/** A row beside its like among the peers; a ratio says something of positive values only. */
function against(peers: readonly Row[], row: Row): Row {
  const [name, at] = row.what.split('@')
  const peer = entrants.find((entrant) => entrant.name === name)?.peer
  const reference = peers.find((other) => other.case === row.case && other.what === `${peer}@${at}`)
  if (reference === undefined) return row
  const ratio = row.value > 0 && reference.value > 0 ? { ratio: row.value / reference.value } : {}
  return { ...row, reference: reference.what, ...ratio }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return ((sorted[Math.ceil(half) - 1] as number) + (sorted[Math.floor(half)] as number)) / 2
}
