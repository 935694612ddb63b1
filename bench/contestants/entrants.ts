import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { EngineChoice } from '../../src/trial-runner/engines/registry.ts'
import type { Unit } from '../measure/figures.ts'
import { findPython } from '../peers/python.ts'
import { type Case, stepsOf } from '../workloads/cases.ts'
import type { PartTask } from './fold.ts'
import type { StudyTask } from './study.ts'

/** Who is measured, and how its process is started. */
export interface Entrant {
  readonly what: string
  readonly workers?: number
  readonly threads?: number
  /** Which of its figures are told. */
  readonly units: readonly Unit[]
  readonly command: readonly string[]
  /** Whether it trains whole trials, when asked to, besides the parts it measures. */
  readonly trains?: boolean
}

export interface Effort {
  /** To train in a round. */
  readonly milliseconds: number
  readonly quick: boolean
}

/** A process of ours: one of the files beside this one, told its task as JSON. */
function ownProcess(file: 'study' | 'engine' | 'shipped', task: object): readonly string[] {
  const script = fileURLToPath(new URL(`${file}.ts`, import.meta.url))
  return [process.execPath, '--import', 'jiti/register', script, JSON.stringify(task)]
}

export function studyProcess(task: StudyTask): readonly string[] {
  return ownProcess('study', task)
}

/** Two at most: what is compared is what two cores do. */
const CORES = Math.min(2, availableParallelism())

export function entrantsOf(workload: Case, effort: Effort): readonly Entrant[] {
  return [...simd(workload, effort), ...tfjs(workload, effort), ...peers(workload, effort)]
}

function simd(workload: Case, { milliseconds, quick }: Effort): Entrant[] {
  const { name, trials, epochs } = workload
  const module = fileURLToPath(new URL(`../workloads/${name}.ts`, import.meta.url))
  const steps = stepsOf(workload)
  return (['auto', 'strict'] as const).flatMap((arithmetic) => {
    const what = arithmetic === 'auto' ? 'simd' : 'simd-strict'
    const engines: EngineChoice = { engine: 'simd', backend: 'auto', arithmetic }
    const studies = (quick ? [CORES] : [1, CORES]).map((workers): Entrant => {
      const task = { module, workers, epochs, engines, trials: workers * (trials + 1), warm: workers }
      return { what, workers, units: ['trials/min'], command: studyProcess(task) }
    })
    const task: PartTask & { engines: EngineChoice } = { case: name, steps, milliseconds, engines }
    return [...studies, { what, threads: 1, units: ['ms/step', 'GFLOP/s'], command: ownProcess('engine', task) }]
  })
}

function tfjs({ name, part, tfjsHolds = true }: Case, { milliseconds, quick }: Effort): Entrant[] {
  const task: PartTask = { case: name, steps: part.tfjs, milliseconds }
  const engines: EngineChoice = { engine: 'tfjs', backend: 'wasm', arithmetic: 'auto' }
  const told = { threads: 1, units: ['trials/min', 'ms/step'], trains: tfjsHolds && !quick } as const
  return [
    { what: 'tfjs-wasm', ...told, command: ownProcess('shipped', task) },
    { what: 'tfjs-wasm-repaired', ...told, command: ownProcess('engine', { ...task, engines }) },
  ]
}

function peers({ name, folds, epochs, rows, batchSize, part }: Case, { milliseconds, quick }: Effort): Entrant[] {
  const python = findPython()
  if (python === undefined) return []
  const script = fileURLToPath(new URL('../peers/engines.py', import.meta.url))
  const entrant = (what: string, framework: string, threads: number, units: readonly Unit[]): Entrant => {
    const task = { framework, threads, case: name, folds, epochs, rows, batchSize, steps: part.keras, milliseconds }
    const trains = framework !== 'numpy' && !quick
    return { what, threads, units, trains, command: [python, script, JSON.stringify(task)] }
  }
  const threads = quick ? [CORES] : [...new Set([1, CORES])]
  return [
    ...threads.map((count) => entrant('keras-tensorflow', 'tensorflow', count, ['trials/min', 'ms/step'])),
    ...threads.map((count) => entrant('keras-jax', 'jax', count, ['trials/min', 'ms/step'])),
    entrant('numpy-matmul', 'numpy', 1, ['GFLOP/s']),
  ]
}
