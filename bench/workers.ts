import { fileURLToPath } from 'node:url'
import { Contestant } from './contestants/contestant.ts'
import { studyProcess } from './contestants/entrants.ts'
import { median } from './measure/median.ts'
import type { Steady } from './measure/steady.ts'
import type { BenchOptions, BenchResult, Row } from './row.ts'

/** The same study with one worker and with two, taking turns. */
export async function run({ quick }: BenchOptions): Promise<BenchResult> {
  const module = fileURLToPath(new URL('workloads/boston.ts', import.meta.url))
  const epochs = quick ? 20 : 100
  const counts = [1, 2]
  const studies = await Promise.all(
    counts.map((workers) => {
      const task = { module, workers, epochs, trials: workers * (quick ? 4 : 9), warm: workers }
      return Contestant.start(studyProcess(task))
    }),
  )
  const rounds: Steady[][] = []
  try {
    for (let round = 0; round < (quick ? 1 : 5); round++) {
      const steady: Steady[] = []
      for (const study of studies) steady.push(await study.measure<Steady>())
      rounds.push(steady)
    }
  } finally {
    for (const study of studies) study.stop()
  }
  const rows = counts.flatMap((workers, i): Row[] => {
    const rate = rounds.map((steady) => steady[i]?.trialsPerMinute ?? Number.NaN)
    // Of each round by itself: its two studies had the same machine.
    const ratio = median(rounds.map((steady, round) => (rate[round] ?? 0) / (steady[0]?.trialsPerMinute ?? 0)))
    const told = { case: 'boston', what: 'simd', workers }
    const compared = workers === 1 ? {} : { reference: 'simd, 1 worker', ratio }
    return [
      { ...told, unit: 'trials/min', value: median(rate), ...compared },
      { ...told, unit: 'busy', value: median(rounds.map((steady) => steady[i]?.busy ?? Number.NaN)) },
    ]
  })
  return { rows, remarks: ['busy: the part of the workers time in which they trained; the rest they waited.'] }
}
