import { fork } from 'node:child_process'
import { type ErrorRecord, errorFromRecord, TunerError } from '../../../core/errors.ts'
import type { Proof } from './setup.ts'

/** What a proving process sends. */
export type ProofMessage = { readonly proof: Proof } | { readonly error: ErrorRecord }

const LAST_LINES = 12

/**
 * Trains a small network on the backend that lies in a native folder, in a process of its own. Throws what the backend
 * threw there, or `setup/not-proven` with what the process printed where it ended without a word.
 */
export async function proveBackend(backend: string, nativeFolder: string, signal: AbortSignal): Promise<Proof> {
  signal.throwIfAborted()
  const child = fork(new URL('./prove-worker.js', import.meta.url), [backend], {
    env: { ...process.env, TUNE_NATIVE_DIR: nativeFolder },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let printed = ''
  const hear = (chunk: Buffer) => {
    printed += chunk.toString()
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  let message: ProofMessage | undefined
  child.once('message', (sent) => {
    message = sent as ProofMessage
  })
  const stop = () => child.kill('SIGKILL')
  signal.addEventListener('abort', stop)
  const how = await new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, by) => resolve(by ?? `code ${code}`))
  })
  signal.removeEventListener('abort', stop)
  signal.throwIfAborted()
  if (message === undefined) throw notProven(backend, how, printed)
  if ('error' in message) throw errorFromRecord(message.error, 'setup/not-proven')
  return message.proof
}

function notProven(backend: string, how: string, printed: string): TunerError {
  const lines = printed.trimEnd().split('\n').slice(-LAST_LINES)
  return new TunerError(
    'setup/not-proven',
    `A training step on ${backend} ended its process (${how}). It printed last:\n${lines.map((line) => `  ${line}`).join('\n')}`,
    { hint: `Run tune setup ${backend} --force to make everything anew.` },
  )
}
