import { inWords } from '../trial-runner/backends/setup/disk.ts'
import type { SetupPlan } from '../trial-runner/backends/setup/plan-setup.ts'
import type { SetupResult } from '../trial-runner/backends/setup/run-setup.ts'
import { table } from './table.ts'

/** What a setup would do, for a person. */
export function setupPlanLines({ setup, folder, steps, tools, disk, isReady }: SetupPlan): string[] {
  const rows = steps.map(({ step, isDone }) => [step.title, isDone ? 'done' : inWords(step.bytes.kept), step.command])
  const lines = [
    `${setup.name}: ${setup.summary}`,
    `into ${folder}`,
    '',
    ...table([{ title: 'step' }, { title: 'size', align: 'right' }, { title: 'what it runs' }], rows),
    '',
    'then a training step in a process of its own',
    '',
  ]
  if (isReady) return [...lines, 'Everything is there.']
  for (const { tool, program, version } of tools) {
    lines.push(
      program === undefined ? `${tool.name}: not found. ${tool.remedy}` : `${tool.name}: ${program} (${version})`,
    )
  }
  const { peak, kept, free } = disk
  const room = Number.isFinite(free) ? inWords(free) : 'any amount'
  lines.push(`disk: ${inWords(peak)} while it works, ${inWords(kept)} kept; ${room} free`)
  return lines
}

/** The same as data. */
export function setupPlanJson({ setup, folder, steps, tools, disk, isReady }: SetupPlan): unknown {
  return {
    setup: setup.name,
    folder,
    isReady,
    steps: steps.map(({ step, isDone }) => ({
      name: step.name,
      title: step.title,
      command: step.command,
      bytes: step.bytes,
      isDone,
    })),
    tools: tools.map(({ tool, program, version }) => ({ name: tool.name, program, version })),
    disk,
  }
}

/** What was done, and what it can do. `isElsewhere`: in a folder that a run does not look into by itself. */
export function setupResultLines({ name, folder, done, proof }: SetupResult, isElsewhere: boolean): string[] {
  const { version, startMs, stepMs } = proof
  return [
    `${name} ${done.length === 0 ? 'is there already and works' : 'works'}: ${version}`,
    `a training step (13-64-64-1, batch 16) takes ${stepMs.toFixed(2)} ms; from the start of a process to its first ${(startMs / 1000).toFixed(1)} s`,
    `it is in ${folder}; use it with --backend ${name}`,
    ...(isElsewhere ? [`Set TUNE_NATIVE_DIR=${folder} for commands that are to use it.`] : []),
  ]
}
