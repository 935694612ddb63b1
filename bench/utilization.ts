import { asha } from '../src/tuners/asha/asha.ts'
import { hyperband } from '../src/tuners/hyperband/hyperband.ts'
import type { BenchOptions, BenchResult, Row } from './row.ts'
import { type Scenario, type Utilization, utilization } from './simulation/utilization.ts'

const entrants = [
  { name: 'asha', spec: asha({ trials: 100 }) },
  { name: 'asha, 300 trials', spec: asha({ trials: 300 }) },
  { name: 'asha, 1,000 trials', spec: asha({ trials: 1000 }) },
  { name: 'asha, stopping, 300 trials', spec: asha({ trials: 300, variant: 'stopping' }) },
  { name: 'hyperband', spec: hyperband({ iterations: 2 }) },
]

const scenarios: readonly Scenario[] = [27, 81].flatMap((epochs) =>
  (['per epoch', 'per trial'] as const).flatMap((costs) => [2, 4, 8].map((workers) => ({ workers, epochs, costs }))),
)

/** How busy tuners with budgets keep their workers, simulated: the mean and the least of ten seeds. */
export function run({ quick }: BenchOptions): BenchResult {
  const seeds = quick ? 2 : 10
  return { rows: entrants.flatMap(({ name, spec }) => scenarios.flatMap((scenario) => rowsOf(name, spec, scenario))) }

  function rowsOf(name: string, spec: (typeof entrants)[number]['spec'], scenario: Scenario): Row[] {
    const { workers, epochs, costs } = scenario
    const runs = Array.from({ length: seeds }, (_, seed) => utilization(spec, scenario, seed))
    const shared = { case: `${epochs} epochs, costs ${costs}`, unit: 'busy share', workers }
    const row = (what: string, of: keyof Utilization) => {
      const shares = runs.map((one) => one[of])
      return [
        { ...shared, what, value: shares.reduce((sum, share) => sum + share) / seeds },
        { ...shared, what: `${what}, least`, value: Math.min(...shares) },
      ]
    }
    return [...row(name, 'untilLastStart'), ...row(`${name}, drain included`, 'toTheEnd')]
  }
}
