// Whole studies as users run them, pool and database included: node study.ts '{ module, workers, trials, warm, ... }'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunOptions, runStudy } from 'tfjs-tuner'
import { type Ended, steady } from '../measure/steady.ts'
import { serve } from './serve.ts'

/** What {@link studyContestant} is told. */
export interface StudyTask {
  readonly module: string
  readonly workers: number
  readonly trials: number
  /** Trials that end before the measurement begins. */
  readonly warm: number
  readonly epochs?: number
  readonly engines?: NonNullable<RunOptions['engines']>
}

const { module, warm, ...options } = JSON.parse(process.argv[2] ?? '{}') as StudyTask

await serve({ measure })

async function measure() {
  const folder = await mkdtemp(join(tmpdir(), 'tune-bench-'))
  const trials: number[] = []
  const jobs: Ended[] = []
  try {
    await runStudy(module, {
      ...options,
      storage: join(folder, 'bench.db'),
      onEvent(event) {
        const at = performance.now()
        if (event.type === 'trial-finished') trials.push(at)
        if (event.type === 'fold-finished') jobs.push({ at, durationMs: event.durationMs })
      },
    })
  } finally {
    await rm(folder, { recursive: true })
  }
  return steady(trials, jobs, options.workers, warm)
}
