import { OUTPUT_CLOSED } from './exit-codes.ts'
import { type Style, styleFor } from './style.ts'

/** Where a command writes. */
export interface Terminal {
  /** Standard output, and how it is coloured. */
  readonly out: NodeJS.WriteStream
  readonly style: Style
  readonly err: NodeJS.WriteStream
  readonly errStyle: Style
  readonly env: NodeJS.ProcessEnv
  print(lines: readonly string[]): void
  printJson(value: unknown): void
}

/**
 * The terminal of this process. With `json`, standard output is kept for the one value: whatever else is printed, by a
 * study's own code for one, goes to standard error.
 */
export function processTerminal(json: boolean): Terminal {
  const { stdout: out, stderr: err, env } = process
  const write = out.write.bind(out)
  if (json) out.write = err.write.bind(err) as typeof out.write
  out.on('error', endQuietly)
  return {
    out,
    style: styleFor(out, env),
    err,
    errStyle: styleFor(err, env),
    env,
    print(lines) {
      write(`${lines.join('\n')}\n`)
    },
    printJson(value) {
      write(`${JSON.stringify(value, null, 2)}\n`)
    },
  }
}

/** `tune trials | head -3`: nobody reads any more. What is finished is in the database. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit(OUTPUT_CLOSED)
}
