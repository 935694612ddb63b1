import { TunerError } from '../../../core/errors.ts'
import { runCommand } from './command.ts'
import { requireDisk } from './disk.ts'
import { lock } from './lock.ts'
import { type PlanOptions, planSetup } from './plan-setup.ts'
import type { Proof, Setup, SetupStep, StepWork } from './setup.ts'
import { type FoundTool, requireTools } from './tools.ts'

/** What a person watches. */
export interface SetupProgress {
  /** A step begins (`index` counts from 0), or was finished by a run before. */
  onStep(step: SetupStep, index: number, count: number, isDone: boolean): void
  /** The training step in a process of its own begins. */
  onProof(): void
  /** What the programs print, as it comes. */
  onOutput(text: string): void
}

export interface SetupResult {
  readonly name: string
  readonly folder: string
  /** Steps done by this run; none where everything was there. */
  readonly done: readonly string[]
  readonly proof: Proof
}

/**
 * Does what is left of a setup, proves it by a training step and only then puts it where backends look. Checks tools and
 * disk before it begins. Stopped at any moment, or failing, it leaves what was usable before as it was, and run again it
 * goes on after the last finished step.
 *
 * Throws `setup/busy`, `setup/tool-missing`, `setup/disk-full`, `setup/step-failed`, `setup/not-proven`, and
 * `setup/interrupted` once the signal aborts.
 */
export async function runSetup(
  setup: Setup,
  folder: string,
  options: PlanOptions,
  progress: SetupProgress,
  signal: AbortSignal,
): Promise<SetupResult> {
  // Before anything is written: what cannot succeed leaves no trace.
  const { tools, disk, staging } = await planSetup(setup, folder, options)
  requireTools(tools)
  requireDisk(folder, disk.free, disk.peak)
  const unlock = await lock(staging.root, setup.name)
  try {
    return await runLocked(setup, folder, options, progress, signal)
  } catch (error) {
    throw signal.aborted ? interrupted(setup) : error
  } finally {
    await unlock()
  }
}

async function runLocked(
  setup: Setup,
  folder: string,
  options: PlanOptions,
  progress: SetupProgress,
  signal: AbortSignal,
): Promise<SetupResult> {
  const { staging, steps, stamp, isReady, tools } = await planSetup(setup, folder, options)
  await staging.sweep()
  const { name } = setup
  if (isReady) return { name, folder, done: [], proof: await prove(setup, folder, progress, signal) }
  if (options.force) await staging.clear()
  await staging.begin(steps.map(({ step }) => step.name))
  const done: string[] = []
  for (const [index, planned] of steps.entries()) {
    const { step, isDone } = planned
    progress.onStep(step, index, steps.length, isDone)
    if (isDone) continue
    signal.throwIfAborted()
    await staging.finish(step.name, planned.stamp, (target, scratch) =>
      step.run(workOf({ target, scratch, signal, result: (of) => staging.result(of) }, tools, progress)),
    )
    done.push(step.name)
  }
  const proof = await prove(setup, staging.root, progress, signal)
  await staging.markProven(stamp, proof)
  await staging.publish(steps.filter(({ step }) => step.isTemporary).map(({ step }) => step.name))
  return { name, folder, done, proof }
}

function interrupted({ name }: Setup): TunerError {
  return new TunerError('setup/interrupted', `The setup of ${name} was stopped; finished steps are kept.`, {
    hint: `Go on with: tune setup ${name}`,
  })
}

function prove(setup: Setup, root: string, progress: SetupProgress, signal: AbortSignal): Promise<Proof> {
  progress.onProof()
  return setup.prove(root, signal)
}

type Given = Pick<StepWork, 'target' | 'scratch' | 'signal' | 'result'>

function workOf(given: Given, tools: readonly FoundTool[], progress: SetupProgress): StepWork {
  const env = { ...process.env, TMPDIR: given.scratch }
  return {
    ...given,
    tool(wanted) {
      const program = tools.find(({ tool }) => tool === wanted)?.program
      if (program !== undefined) return program
      throw new TunerError('setup/tool-missing', `This setup needs ${wanted.name}.`, { hint: wanted.remedy })
    },
    run: (program, args, options = {}) =>
      runCommand(program, args, { ...options, env, signal: given.signal, onOutput: (text) => progress.onOutput(text) }),
  }
}
