import type { Json } from '../../../core/json.ts'
import { diskNeed, freeBytes } from './disk.ts'
import type { Setup, SetupOptions, SetupStep } from './setup.ts'
import { Staging } from './staging.ts'
import { type FoundTool, findTools } from './tools.ts'

export interface PlannedStep {
  readonly step: SetupStep
  /** What the result is made from, earlier steps included. */
  readonly stamp: string
  /** Finished by a run before. */
  readonly isDone: boolean
}

/** What a setup would do on this machine now. Nothing is written to make it. */
export interface SetupPlan {
  readonly setup: Setup
  readonly folder: string
  readonly staging: Staging
  readonly steps: readonly PlannedStep[]
  /** Of the whole. */
  readonly stamp: string
  /** The same is there already, proven: nothing is to be done. */
  readonly isReady: boolean
  /** What the steps that are left need. */
  readonly tools: readonly FoundTool[]
  readonly disk: { readonly free: number; readonly peak: number; readonly kept: number }
}

export interface PlanOptions extends SetupOptions {
  /** Makes everything anew. */
  readonly force?: boolean
}

/** Throws what {@link Setup.steps} throws. */
export async function planSetup(setup: Setup, folder: string, options: PlanOptions): Promise<SetupPlan> {
  const { force = false } = options
  const staging = new Staging(folder, setup.name)
  const steps: PlannedStep[] = []
  let before: Json = []
  for (const step of await setup.steps(options)) {
    before = [...before, { [step.name]: step.madeFrom }]
    const stamp = JSON.stringify(before)
    steps.push({ step, stamp, isDone: !force && (await staging.isDone(step.name, stamp)) })
  }
  const stamp = JSON.stringify(before)
  const isReady = !force && (await staging.isReady(stamp))
  const isProven = !force && (await staging.isProven(stamp))
  const left = isReady || isProven ? [] : steps.filter(({ isDone }) => !isDone).map(({ step }) => step)
  return {
    setup,
    folder,
    staging,
    steps: isReady || isProven ? steps.map((step) => ({ ...step, isDone: true })) : steps,
    stamp,
    isReady,
    tools: await findTools(left.flatMap(({ tools }) => tools)),
    disk: { free: await freeBytes(folder), ...diskNeed(left) },
  }
}
