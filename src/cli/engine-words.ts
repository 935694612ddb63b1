import type { KeptEngines } from '../study/opening/kept-engines.ts'
import type { Measurement, StepTime } from '../trial-runner/measurement/measurement.ts'
import { short } from './numbers.ts'

/** `simd (fma), otherwise tfjs on wasm`. */
export function enginesInWords({ engine, backend, arithmetic }: KeptEngines): string {
  const [simd, tfjs] = [`simd (${arithmetic})`, `tfjs on ${backend}`]
  if (engine === 'auto') return `${simd}, what it cannot train ${tfjs}`
  return engine === 'simd' ? simd : tfjs
}

/**
 * `simd (fma) 0.0443 and 0.134 ms a step, tfjs on wasm 1.12 and 2.31, tfjs on webgpu failed: no adapter`: what was
 * measured at the small and the large corner of a space. Undefined where nothing was.
 */
export function figuresInWords({ measured = [] }: KeptEngines): string | undefined {
  if (measured.length === 0) return undefined
  let unit = ' ms a step'
  return measured
    .map((measurement) => {
      const steps = stepsInWords(measurement.steps, unit)
      if (measurement.steps.some(({ status }) => status === 'measured')) unit = ''
      return `${placeOf(measurement)} ${steps}`
    })
    .join(', ')
}

function placeOf({ engine, backend }: Pick<Measurement, 'engine' | 'backend'>): string {
  return engine === 'simd' ? `simd (${backend})` : `tfjs on ${backend}`
}

function stepsInWords(steps: readonly StepTime[], unit: string): string {
  const [first] = steps
  if (first === undefined) return 'not measured'
  const words = steps.map((step) => (step.status === 'measured' ? milliseconds(step.ms) : problemInWords(step)))
  const same = words.every((word) => word === words[0]) && first.status !== 'measured'
  const told = same ? `${words[0]}` : words.join(' and ')
  return steps.some(({ status }) => status === 'measured') ? told + unit : told
}

function problemInWords({ status, reason }: Exclude<StepTime, { status: 'measured' }>): string {
  return status === 'unsupported' ? `unsupported (${reason})` : `${status} (${reason})`
}

/** Three digits say enough of a time. */
export function milliseconds(ms: number): string {
  return short(Number(ms.toPrecision(3)))
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
}
