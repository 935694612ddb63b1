// Runs the study of the campaign, or goes on with it: node conduct.ts '{ database, trials, isolation }'. Says a line of
// JSON for each fold that starts and each trial that ends; ends by itself once nothing holds it any more.
import { fileURLToPath } from 'node:url'
import { type RunOptions, runStudy } from 'tfjs-tuner'

/** What the process is told. */
export interface ConductTask {
  readonly database: string
  readonly trials: number
  readonly isolation: NonNullable<RunOptions['isolation']>
}

/** What it says. */
export type Said =
  | { readonly type: 'fold-started'; readonly trial: number }
  | { readonly type: 'trial-finished'; readonly trial: number }
  | { readonly type: 'done'; readonly busy: number }

const { database, trials, isolation } = JSON.parse(process.argv[2] ?? '{}') as ConductTask
const say = (said: Said) => process.stdout.write(`${JSON.stringify(said)}\n`)

const { run } = await runStudy(fileURLToPath(new URL('study.ts', import.meta.url)), {
  storage: database,
  workers: 2,
  trials,
  isolation,
  faults: { failuresInARow: 50, epochSeconds: 3, memoryMiB: 150 },
  onEvent(event) {
    if (event.type === 'fold-started' || event.type === 'trial-finished') say({ type: event.type, trial: event.trial })
  },
})
say({ type: 'done', busy: run.busyMs / (run.workers * (run.finishedAt - run.startedAt)) })
