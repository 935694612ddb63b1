import { type CampaignTask, campaign } from './faults/campaign.ts'
import { judge, type Verdict } from './faults/judge.ts'
import type { BenchOptions, BenchResult, Row } from './row.ts'

const SEED = 6

/** A study in whose workers everything goes wrong that can, with a program that is killed now and then. */
export async function run({ quick }: BenchOptions): Promise<BenchResult> {
  const [inProcesses, inThreads] = quick ? [20, 20] : [150, 150]
  const tasks: readonly CampaignTask[] = [
    {
      seed: SEED,
      trials: inProcesses,
      isolation: 'process',
      killsAfter: quick ? [8] : [50, 110],
      workerKills: quick ? 2 : 12,
    },
    { seed: SEED + 1, trials: inThreads, isolation: 'thread', killsAfter: quick ? [] : [70], workerKills: 0 },
  ]
  const verdicts: Verdict[] = []
  for (const task of tasks) verdicts.push(judge(task, await campaign(task)))
  const names = Object.keys(verdicts[0] ?? {}) as (keyof Verdict)[]
  const rows = names.map((what): Row => {
    const value = verdicts.reduce((sum, verdict) => sum + verdict[what], 0)
    return { case: 'campaign', what, unit: 'count', value, workers: 2 }
  })
  const words = verdicts.map((verdict, i) => `${tasks[i]?.isolation}: ${inWords(verdict)}`)
  return { rows, remarks: words }
}

function inWords(verdict: Verdict): string {
  return Object.entries(verdict)
    .map(([what, value]) => `${value} ${what}`)
    .join(', ')
}
