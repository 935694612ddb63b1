import { TunerError } from '../../core/errors.ts'
import { version } from '../../core/version.ts'
import type { Backend } from '../backends/backend.ts'
import { backends } from '../backends/registry.ts'
import { type Arithmetic, resolveArithmetic } from '../engines/simd/kernels/module.ts'
import { measureInProcess } from '../measurement/in-process.ts'
import type { Candidate, StepTime } from '../measurement/measurement.ts'
import { nameOf } from '../measurement/measurement.ts'
import { specimenData, specimens } from './specimens.ts'

/** How long a process may take to load an engine and to train a few steps of each specimen. */
const LIMIT_MS = 60_000

/** What is known of an engine in one place. */
export interface EngineDiagnosis {
  readonly engine: 'simd' | 'tfjs'
  /** The tfjs backend; for the simd engine its arithmetic. */
  readonly backend: string
  /** Of what computes, where it is installed. */
  readonly version?: string
  readonly usable: boolean
  /** Why it cannot be used. */
  readonly reason?: string
  /** What would mend that. */
  readonly remedy?: string
  /** A training step of each specimen; none where it cannot be used. */
  readonly steps: Readonly<Partial<Record<(typeof specimens)[number], StepTime>>>
}

/**
 * Every engine in every place there is: whether it can be used here, and if so what a training step takes, measured in a
 * process of its own, so that what crashes or hangs is a line like any other. Rejects never.
 */
export async function diagnose(
  onDiagnosed: (diagnosis: EngineDiagnosis) => void = () => {},
): Promise<EngineDiagnosis[]> {
  const diagnoses: EngineDiagnosis[] = []
  const add = (diagnosis: EngineDiagnosis) => {
    diagnoses.push(diagnosis)
    onDiagnosed(diagnosis)
  }
  for (const arithmetic of ['fma', 'strict'] as const) add(await diagnoseSimd(arithmetic))
  for (const backend of backends) add(await diagnoseBackend(backend))
  return diagnoses
}

async function diagnoseSimd(arithmetic: Arithmetic): Promise<EngineDiagnosis> {
  const candidate: Candidate = { engine: 'simd', backend: 'auto', arithmetic }
  try {
    resolveArithmetic(arithmetic)
    return measured(candidate, version)
  } catch (error) {
    const { message } = error as Error
    const hint = error instanceof TunerError ? error.hint : undefined
    return { ...nameOf(candidate), version, ...unusable(message.replace(/\.$/, ''), hint) }
  }
}

async function diagnoseBackend(backend: Backend): Promise<EngineDiagnosis> {
  const candidate: Candidate = { engine: 'tfjs', backend: backend.name, arithmetic: 'strict' }
  try {
    const version = await backend.version?.()
    const verdict = await backend.probe()
    if (verdict === true) return await measured(candidate, version)
    return { ...nameOf(candidate), ...versioned(version), ...unusable(verdict.reason, verdict.remedy) }
  } catch (error) {
    return { ...nameOf(candidate), ...unusable(error instanceof Error ? error.message : String(error)) }
  }
}

async function measured(candidate: Candidate, version: string | undefined): Promise<EngineDiagnosis> {
  const place = { loader: new URL('./specimens.js', import.meta.url).href, source: null }
  const points = specimens.map((specimen) => [{ specimen }])
  const { measurements } = await measureInProcess(
    place,
    { candidates: [candidate], points, sample: specimenData },
    AbortSignal.timeout(LIMIT_MS),
  )
  const taken = measurements[0]?.steps ?? []
  const steps = Object.fromEntries(specimens.flatMap((specimen, i) => (taken[i] ? [[specimen, taken[i]]] : [])))
  const isUsable = taken.some(({ status }) => status === 'measured')
  const known = { ...nameOf(candidate), ...versioned(version) }
  if (isUsable) return { ...known, usable: true, steps }
  const [first] = taken
  return {
    ...known,
    ...unusable(first === undefined || first.status === 'measured' ? 'it said nothing' : first.reason),
  }
}

function versioned(version: string | undefined) {
  return version === undefined ? {} : { version }
}

function unusable(reason: string, remedy?: string) {
  return { usable: false, reason, ...(remedy === undefined ? {} : { remedy }), steps: {} }
}
