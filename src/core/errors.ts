/**
 * Every error a user can cause or meet, by its stable code. The part before the slash is the room it comes from and
 * decides the exit code of the command.
 */
export type ErrorCode =
  | 'space/empty'
  | 'space/bad-name'
  | 'space/bad-option'
  | 'space/bad-bounds'
  | 'space/bad-scale'
  | 'space/bad-step'
  | 'space/bad-choice'
  | 'space/bad-default'
  | 'space/bad-condition'
  | 'space/bad-value'
  | 'space/redeclared'
  | 'space/unsatisfiable'
  | 'space/exhausted'
  | 'data/file-missing'
  | 'data/bad-format'
  | 'data/no-rows'
  | 'data/target-missing'
  | 'data/column-missing'
  | 'data/bad-cell'
  | 'data/bad-shape'
  | 'cv/bad-split'
  | 'cv/too-few-rows'
  | 'tuner/unknown'
  | 'tuner/bad-option'
  | 'tuner/unsupported-space'
  | 'model/threw'
  | 'model/not-compiled'
  | 'model/output-mismatch'
  | 'model/input-mismatch'
  | 'training/bad-option'
  | 'training/unknown-metric'
  | 'training/diverged'
  | 'engine/unsupported'
  | 'engine/backend-unavailable'
  | 'engine/arithmetic-unavailable'
  | 'engine/too-large'
  | 'runner/worker-lost'
  | 'runner/timeout'
  | 'runner/out-of-memory'
  | 'study/file-missing'
  | 'study/syntax'
  | 'study/threw'
  | 'study/no-default-export'
  | 'study/bad-definition'
  | 'study/unknown'
  | 'study/unknown-trial'
  | 'study/changed'
  | 'study/busy'
  | 'study/all-failed'
  | 'study/nothing-complete'
  | 'study/interrupted'
  | 'study/bad-output'
  | 'storage/not-a-database'
  | 'storage/newer-version'
  | 'storage/unavailable'
  | 'storage/lost-lease'
  | 'storage/bad-event'
  | 'setup/unknown'
  | 'setup/unsupported'
  | 'setup/tool-missing'
  | 'setup/disk-full'
  | 'setup/step-failed'
  | 'setup/interrupted'
  | 'setup/not-proven'
  | 'setup/busy'
  | 'command/bad-argument'
  | 'command/bad-range'

export interface ErrorDetails {
  /** What the user can do about it: one sentence. */
  readonly hint?: string
  readonly cause?: unknown
}

/** An error that says what was expected, what came and, in `hint`, what to do. */
export class TunerError extends Error {
  override readonly name = 'TunerError'
  readonly code: ErrorCode
  readonly hint: string | undefined

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.hint = details.hint
  }
}

/** An error as plain data: what crosses a thread, a process or a database. */
export interface ErrorRecord {
  /** An {@link ErrorCode} where we raised it, otherwise absent. */
  readonly code?: ErrorCode
  readonly message: string
  readonly hint?: string
  readonly stack?: string
  /** The last lines that the worker printed before. */
  readonly log?: string
}

/** Never throws, whatever was thrown: it may be nothing, a proxy, or an error whose own properties throw. */
export function errorRecord(thrown: unknown): ErrorRecord {
  try {
    return recordOf(thrown)
  } catch {
    return { message: 'Something was thrown that cannot be put into words.' }
  }
}

function recordOf(thrown: unknown): ErrorRecord {
  if (!(thrown instanceof Error)) return { message: inWords(thrown) }
  const { message, name, stack } = thrown
  const said = { message: inWords(message) || inWords(name), ...(typeof stack === 'string' ? { stack } : {}) }
  if (!(thrown instanceof TunerError)) return said
  return { ...said, code: thrown.code, ...(thrown.hint === undefined ? {} : { hint: thrown.hint }) }
}

function inWords(value: unknown): string {
  if (typeof value === 'object' && value !== null) return JSON.stringify(value) ?? Object.prototype.toString.call(value)
  return String(value)
}

/** The inverse of {@link errorRecord}; an error without a code comes back as `fallback`. */
export function errorFromRecord(record: ErrorRecord, fallback: ErrorCode): TunerError {
  const error = new TunerError(
    record.code ?? fallback,
    record.message,
    record.hint === undefined ? {} : { hint: record.hint },
  )
  if (record.stack !== undefined) error.stack = record.stack
  return error
}
