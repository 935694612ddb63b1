import { type ErrorRecord, TunerError } from '../core/errors.ts'

const HINT = 'Train with fewer workers or a smaller batch size, or keep models of that size out of the space.'

/** What V8, WebAssembly, TensorFlow, CUDA and WebGPU say when there is no more memory. */
const SAID = [
  /array buffer allocation failed/i,
  /heap out of memory/i,
  /reached heap limit/i,
  /reaching memory limit/i,
  /WebAssembly\.Memory.*(grow|allocate)/i,
  /(cannot|unable|failed) to (enlarge|grow) memory/i,
  /cannot enlarge memory/i,
  /OOM when allocating/i,
  /Aborted\(OOM\)/,
  /out[ _-]of[ _-]?(device )?memory/i,
  /std::bad_alloc/,
  /RESOURCE_EXHAUSTED/,
  /cannot allocate memory/i,
]

export function isOutOfMemory(message: string): boolean {
  return SAID.some((pattern) => pattern.test(message))
}

/** What was thrown in a job, told apart where it means that memory ran out. */
export function jobError(record: ErrorRecord): ErrorRecord {
  const { code = 'model/threw', message } = record
  if (code !== 'model/threw' || !isOutOfMemory(message)) return record
  return { ...record, code: 'runner/out-of-memory', hint: HINT }
}

export function outOfMemory(message: string, cause?: unknown): TunerError {
  return new TunerError('runner/out-of-memory', message, {
    ...(cause === undefined ? {} : { cause }),
    hint: HINT,
  })
}
