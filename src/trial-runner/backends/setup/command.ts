import { spawn } from 'node:child_process'
import { TunerError } from '../../../core/errors.ts'

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  readonly signal?: AbortSignal
  /** Called with what the program prints, as it comes. */
  readonly onOutput?: (text: string) => void
}

/** Lines of a failed program that its error repeats. */
const LAST_LINES = 12

/**
 * Runs a program to its end and returns what it printed on standard output. Throws `setup/step-failed` with the last
 * lines of all that it printed; rejects with the signal's reason once that aborts and the program has ended.
 */
export async function runCommand(
  program: string,
  args: readonly string[],
  { cwd, env = process.env, signal, onOutput }: CommandOptions = {},
): Promise<string> {
  signal?.throwIfAborted()
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let all = ''
  const hear = (text: string) => {
    all += text
    onOutput?.(text)
  }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    hear(text)
  })
  child.stderr.setEncoding('utf8').on('data', hear)
  const stop = () => child.kill('SIGTERM')
  signal?.addEventListener('abort', stop)
  try {
    const problem = await new Promise<string | undefined>((resolve) => {
      child.once('error', (error) => resolve(error.message))
      child.once('close', (code, by) => resolve(code === 0 ? undefined : `it ended with ${by ?? `code ${code}`}`))
    })
    signal?.throwIfAborted()
    if (problem !== undefined) throw failed(program, args, problem, all)
    return said
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

function failed(program: string, args: readonly string[], problem: string, printed: string): TunerError {
  const lines = printed.trimEnd().split('\n').slice(-LAST_LINES)
  const command = [program, ...args].join(' ')
  const shown = command.length > 200 ? `${command.slice(0, 200)} ...` : command
  const tail = lines.join('').trim() === '' ? '' : ` It printed last:\n${lines.map((line) => `  ${line}`).join('\n')}`
  return new TunerError('setup/step-failed', `A command failed (${problem}): ${shown}.${tail}`, {
    hint: 'Mend what it says and run the same setup again: what is finished is kept.',
  })
}
