import { median } from './measure/median.ts'
import { RunnerBench } from './measure/runner-bench.ts'
import type { BenchOptions, BenchResult, Row } from './row.ts'

const PLACES = ['thread', 'process'] as const

/** What a report of an epoch, a decision about it, and a new worker cost, in threads and in processes. */
export async function run({ quick }: BenchOptions): Promise<BenchResult> {
  const rows: Row[] = []
  const epochs = quick ? 500 : 5000
  for (const isolation of PLACES) {
    const told = { case: isolation, workers: 1 }
    const bench = new RunnerBench(isolation)
    try {
      await bench.reports(500, true)
      const rounds = Array.from({ length: quick ? 1 : 5 })
      const report: number[] = []
      const decision: number[] = []
      for (const _ of rounds) {
        report.push(await bench.reports(epochs, false))
        decision.push(await bench.reports(epochs, true))
      }
      rows.push({ ...told, what: 'report', unit: 'ms', value: median(report) })
      rows.push({ ...told, what: 'report and decision', unit: 'ms', value: median(decision) })
    } finally {
      await bench.close()
    }
    const starts: number[] = []
    for (let i = 0; i < (quick ? 1 : 5); i++) starts.push(await RunnerBench.firstStep(isolation))
    rows.push({ ...told, what: 'worker start to first epoch', unit: 's', value: median(starts) })
  }
  return {
    rows,
    remarks: [
      'report: what the worker waits where nothing is decided. worker start: from the making of a pool to the report of the first epoch, of 6 steps, of the study examples/quickstart on the simd engine.',
    ],
  }
}
