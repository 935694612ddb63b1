import { totalmem } from 'node:os'
import { describeEnvironment } from '../study/opening/environment.ts'
import type { EngineDiagnosis } from '../trial-runner/diagnosis/diagnose.ts'
import { milliseconds } from './engine-words.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'

/** The machine as `tune doctor` shows it. */
export interface Machine {
  readonly tfjsTuner: string
  readonly node: string
  readonly platform: string
  readonly processors: number
  readonly processor: string
  /** In bytes. */
  readonly memory: { readonly total: number; readonly available: number }
}

export function readMachine(): Machine {
  const environment = describeEnvironment() as unknown as Omit<Machine, 'memory'>
  return { ...environment, memory: { total: totalmem(), available: process.availableMemory() } }
}

/** The machine, a line for each engine in each place, and what to run for more. */
export function doctorLines(machine: Machine, engines: readonly EngineDiagnosis[], style: Style): string[] {
  const [titles = '', ...rows] = table(
    [
      { title: 'engine' },
      { title: 'on' },
      { title: 'version' },
      { title: 'MLP', align: 'right' },
      { title: 'CNN', align: 'right' },
      { title: '' },
    ],
    engines.map((diagnosis) => [
      diagnosis.engine,
      diagnosis.backend,
      diagnosis.version ?? '',
      stepOf(diagnosis, 'mlp'),
      stepOf(diagnosis, 'cnn'),
      diagnosis.usable ? '' : `not usable: ${diagnosis.reason ?? 'nobody knows why'}`,
    ]),
  )
  const remedies = engines.flatMap(({ backend, remedy }) => (remedy === undefined ? [] : [[backend, remedy]]))
  const [, ...mended] = table([{ title: '' }, { title: '' }], remedies)
  return [
    ...machineLines(machine, engines),
    '',
    style('bold', 'Milliseconds a training step'),
    '',
    style('dim', indent(titles)),
    ...rows.map((row, i) => (engines[i]?.usable ? indent(row) : style('dim', indent(row)))),
    ...(mended.length === 0 ? [] : ['', style('bold', 'For more'), '', ...mended.map(indent)]),
  ]
}

function machineLines(
  { tfjsTuner, node, platform, processors, processor, memory }: Machine,
  engines: readonly EngineDiagnosis[],
): string[] {
  const fuses = engines.some(({ backend, usable }) => backend === 'fma' && usable)
  const [, ...facts] = table(
    [{ title: '' }, { title: '' }],
    [
      ['tfjs-tuner', tfjsTuner],
      ['Node', `${node} on ${platform}`],
      ['processors', `${processors} x ${processor}`],
      ['memory', `${gibibytes(memory.total)}, ${gibibytes(memory.available)} of it available`],
      ['arithmetic', fuses ? 'fma: relaxed SIMD is there, and fuses' : 'strict: no fused multiply-add in WebAssembly'],
    ],
  )
  return facts.map(indent)
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`
}

function stepOf({ steps }: EngineDiagnosis, specimen: 'mlp' | 'cnn'): string {
  const step = steps[specimen]
  if (step === undefined) return ''
  return step.status === 'measured' ? milliseconds(step.ms) : step.status
}

function indent(line: string): string {
  return `  ${line}`
}
