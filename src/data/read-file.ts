import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { TunerError } from '../core/errors.ts'

const unpack = promisify(gunzip)

/** Begins every gzip member, and no format read here. */
const GZIP = [0x1f, 0x8b]

/** A file as it was read. */
export interface ReadFile {
  /** Absolute. */
  readonly file: string
  /** Unpacked, where it was gzipped. */
  readonly bytes: Buffer
}

/**
 * A whole file, relative to the working directory; gzipped or not, as its first bytes say. Throws `data/file-missing`, and
 * `data/bad-format` for a damaged gzip file.
 */
export async function readDataFile(path: string): Promise<ReadFile> {
  const file = resolve(path)
  const bytes = await readFile(file).catch((error: unknown) => {
    throw cannotRead(`data file ${file}`, error, 'a file')
  })
  if (!GZIP.every((byte, i) => bytes[i] === byte)) return { file, bytes }
  try {
    return { file, bytes: await unpack(bytes) }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    throw new TunerError('data/bad-format', `${path} is gzipped and cannot be unpacked: ${problem}.`, {
      hint: 'It is damaged or cut short: fetch or copy it again.',
      cause: error,
    })
  }
}

/** Throws `data/file-missing` where `--data` named nothing; `what` is what it should have named: "a CSV file". */
export function requirePath(path: string | undefined, what: string): asserts path is string {
  if (path !== undefined) return
  throw new TunerError('data/file-missing', `No data file was named; expected the path of ${what}.`, {
    hint: 'Pass --data <file> or set TUNE_DATA.',
  })
}

/** What to throw where the system refused to read; `expected` is what should have been there. */
export function cannotRead(what: string, error: unknown, expected: 'a file' | 'a folder'): TunerError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const problems: Readonly<Record<string, string>> = {
    ENOENT: 'does not exist',
    EISDIR: `is a folder, not ${expected}`,
    ENOTDIR: `is a file, not ${expected}`,
  }
  const problem = problems[String(code)] ?? `cannot be read (${code})`
  return new TunerError('data/file-missing', `The ${what} ${problem}.`, {
    hint: 'Check the path; a relative one is taken from the working directory.',
    cause: error,
  })
}
