import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { RandomStream } from '../src/core/random.ts'
import { asha } from '../src/tuners/asha/asha.ts'
import { bohb } from '../src/tuners/bohb/bohb.ts'
import { hyperband } from '../src/tuners/hyperband/hyperband.ts'
import type { Pruner } from '../src/tuners/pruner.ts'
import { successiveHalvingPruner } from '../src/tuners/pruners/halving-pruner.ts'
import { medianPruner } from '../src/tuners/pruners/percentile-pruner.ts'
import { randomSearch } from '../src/tuners/random-search.ts'
import type { TunerSpec } from '../src/tuners/tuner.ts'
import { runPeer } from './peers/run-peer.ts'
import type { BenchOptions, BenchResult, Row } from './row.ts'
import { simulate } from './simulation/simulate.ts'
import { type TableSearch, TaskSet } from './simulation/taskset.ts'

/** Epochs over all trials: as many as 10, 20 and 40 full trials take. */
const budgets = [510, 1020, 2040] as const
const most = 2040

interface Entrant {
  readonly name: string
  readonly tuner: TunerSpec
  readonly pruner?: Pruner
  /** Whether it proposes values of the eight hyperparameters rather than rows of the table. */
  readonly learns?: boolean
}

// Trials and iterations beyond what the largest budget can pay for, all else being defaults.
const entrants: readonly Entrant[] = [
  { name: 'randomSearch', tuner: randomSearch({ trials: 1000 }) },
  { name: 'randomSearch+medianPruner', tuner: randomSearch({ trials: 1000 }), pruner: medianPruner() },
  { name: 'randomSearch+halvingPruner', tuner: randomSearch({ trials: 1000 }), pruner: successiveHalvingPruner() },
  { name: 'asha', tuner: asha({ trials: 1000 }) },
  { name: 'hyperband', tuner: hyperband({ iterations: 5 }) },
  { name: 'hyperband-in-space', tuner: hyperband({ iterations: 5 }), learns: true },
  { name: 'bohb', tuner: bohb({ iterations: 5 }), learns: true },
]

/**
 * Median regret of 50 seeds after so many epochs over all trials, on learning curves of TaskSet: the best value seen at
 * any epoch of any trial, less the lowest of the table. One worker; an epoch is a point of a curve; a NaN fails.
 */
export function run({ quick }: BenchOptions): BenchResult {
  const file = join(process.env.TUNE_BENCH_DATA ?? '', 'taskset_imdb_lstm128.json')
  if (!existsSync(file)) {
    return { rows: [], notes: [`taskset: TUNE_BENCH_DATA (or --data) names no folder with ${file}.`] }
  }
  const seeds = quick ? 5 : 50
  const table = new TaskSet(file)
  const [rows, space] = [table.byRow(), table.byHyperparameters()]
  const measured = entrants.flatMap((entrant) => {
    const runs = Array.from({ length: seeds }, (_, seed) =>
      regrets(entrant, table, entrant.learns ? space : rows, seed),
    )
    return budgets.map((epochs, i) => row(`${entrant.name}@${epochs}`, median(runs.map((run) => run[i] ?? Number.NaN))))
  })
  const peers = runPeer('taskset.py', [file, String(seeds)])
  return { ...peers, rows: [...measured, ...peers.rows] }
}

function regrets({ tuner, pruner }: Entrant, { best, epochs }: TaskSet, search: TableSearch, seed: number): number[] {
  const found: number[] = []
  let lowest = Number.POSITIVE_INFINITY
  let spent = 0
  simulate(tuner.create({ space: search.space, random: new RandomStream(seed), epochs }), {
    ...search.world(),
    workers: 1,
    ...(pruner === undefined ? {} : { pruner }),
    onEpoch(value) {
      spent++
      if (value < lowest) lowest = value
      if (budgets.some((budget) => budget === spent)) found.push(lowest - best)
      return spent < most ? 'continue' : 'stop'
    },
  })
  return found
}

function row(what: string, value: number): Row {
  return { case: 'taskset', what, unit: 'regret', value }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return ((sorted[Math.ceil(half) - 1] as number) + (sorted[Math.floor(half)] as number)) / 2
}
