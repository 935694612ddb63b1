import { figuresOf, type Unit } from '../measure/figures.ts'
import { median } from '../measure/median.ts'
import type { BenchResult, Row } from '../row.ts'
import type { Case } from '../workloads/cases.ts'
import { Contestant } from './contestant.ts'
import type { Entrant } from './entrants.ts'

/** A contestant under way. */
interface Runner {
  readonly entrant: Entrant
  readonly contestant: Contestant
  readonly figures: Partial<Record<Unit, number>>[]
}

/**
 * All entrants in turn, round after round, and of each figure the median over the rounds. Who fails is left out, and a
 * note says why.
 */
export async function race(workload: Case, entrants: readonly Entrant[], rounds: number): Promise<BenchResult> {
  const runners: Runner[] = []
  const notes: string[] = []
  const leaveOut = ({ what, workers, threads }: Entrant, error: unknown) => {
    const how = workers === undefined ? `threads: ${threads}` : `workers: ${workers}`
    notes.push(`${workload.name}, ${what}, ${how}: ${error instanceof Error ? error.message : error}`)
  }
  try {
    for (const entrant of entrants) {
      try {
        runners.push({ entrant, contestant: await Contestant.start(entrant.command), figures: [] })
      } catch (error) {
        leaveOut(entrant, error)
      }
    }
    let running = [...runners]
    for (let round = 0; round < rounds; round++) {
      for (const runner of running) {
        try {
          runner.figures.push(figuresOf(workload, await runner.contestant.measure()))
        } catch (error) {
          leaveOut(runner.entrant, error)
          running = running.filter((other) => other !== runner)
        }
      }
    }
    const versions = Object.assign({}, ...running.map(({ contestant }) => contestant.versions))
    return { rows: running.flatMap((runner) => rowsOf(workload, runner)), notes, versions }
  } finally {
    for (const { contestant } of runners) contestant.stop()
  }
}

function rowsOf({ name }: Case, { entrant, figures }: Runner): Row[] {
  const { what, workers, threads, units } = entrant
  return units.map((unit) => ({
    case: name,
    what,
    unit,
    value: median(figures.map((round) => round[unit] ?? Number.NaN)),
    ...(workers === undefined ? {} : { workers }),
    ...(threads === undefined ? {} : { threads }),
  }))
}
