import { figuresOf, trialSeconds, type Unit } from '../measure/figures.ts'
import { median } from '../measure/median.ts'
import type { BenchResult, Row } from '../row.ts'
import type { Case } from '../workloads/cases.ts'
import { type Answer, Contestant } from './contestant.ts'
import type { Entrant } from './entrants.ts'

/** A contestant under way. */
interface Runner {
  readonly entrant: Entrant
  readonly contestant: Contestant
  readonly figures: Partial<Record<Unit, number>>[]
  /** Trials a minute by whole trials. */
  readonly whole: number[]
  /** Spent on whole trials. */
  seconds: number
}

/** A contestant trains whole trials in as many rounds, and for as long. */
const WHOLE = { trials: 2, seconds: 90 }

/**
 * All entrants in turn, round after round, and of each figure the median over the rounds. Those that train parts of a trial
 * train one or two whole ones too where that takes less than 90 s; otherwise their trials a minute are extrapolated. Who fails is left out, and a
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
        runners.push({
          entrant,
          contestant: await Contestant.start(entrant.command),
          figures: [],
          whole: [],
          seconds: 0,
        })
      } catch (error) {
        leaveOut(entrant, error)
      }
    }
    let running = [...runners]
    for (let round = 0; round < rounds; round++) {
      for (const runner of running) {
        try {
          await takeTurn(workload, runner)
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

/** What is measured in every round, and a whole trial where the part promises that there is time for one. */
async function takeTurn(workload: Case, runner: Runner): Promise<void> {
  const { contestant, entrant, figures, whole } = runner
  const answer = await contestant.measure<Answer>()
  figures.push(figuresOf(workload, answer))
  if (!('stepMs' in answer) || !entrant.trains || whole.length >= WHOLE.trials) return
  if (runner.seconds + trialSeconds(workload, answer) > WHOLE.seconds) return
  const trial = await contestant.trial()
  runner.seconds += trial.trialSeconds
  whole.push(figuresOf(workload, trial)['trials/min'] ?? Number.NaN)
}

function rowsOf({ name }: Case, { entrant, figures, whole }: Runner): Row[] {
  const { what, workers, threads, units, trains } = entrant
  return units.map((unit) => {
    const isTrial = unit === 'trials/min'
    const values = isTrial && whole.length > 0 ? whole : figures.map((round) => round[unit] ?? Number.NaN)
    return {
      case: name,
      what,
      unit,
      value: median(values),
      ...(workers === undefined ? {} : { workers }),
      ...(threads === undefined ? {} : { threads }),
      ...(isTrial && trains !== undefined && whole.length === 0 ? { extrapolated: true } : {}),
    }
  })
}
