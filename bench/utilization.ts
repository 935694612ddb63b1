import { asha } from '../src/tuners/asha/asha.ts'
import { hyperband } from '../src/tuners/hyperband/hyperband.ts'
import type { BenchOptions, BenchResult, Row } from './row.ts'
import { type Utilization, utilization } from './simulation/utilization.ts'

const entrants = [
  { name: 'asha', spec: asha({ trials: 1000 }) },
  { name: 'asha-stopping', spec: asha({ trials: 1000, variant: 'stopping' }) },
  { name: 'hyperband', spec: hyperband({ iterations: 2 }) },
]

/** How busy tuners with budgets keep their workers, simulated: the mean of ten seeds. */
export function run({ quick }: BenchOptions): BenchResult {
  const rows: Row[] = []
  for (const { name, spec } of entrants) {
    for (const workers of [2, 4, 8]) {
      const runs = Array.from({ length: quick ? 2 : 10 }, (_, seed) => utilization(spec, workers, seed))
      const mean = (what: keyof Utilization) => runs.reduce((sum, one) => sum + one[what], 0) / runs.length
      const shared = { case: 'utilization', unit: 'busy share', workers }
      rows.push({ ...shared, what: name, value: mean('untilLastStart') })
      rows.push({ ...shared, what: `${name}, drain included`, value: mean('toTheEnd') })
    }
  }
  return { rows }
}
