import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export interface Child {
  readonly process: ChildProcess
  readonly pid: number
  /** The next line it prints; undefined once it has ended. */
  line(): Promise<string | undefined>
  /** Kills it without warning and waits until it is gone. */
  kill(): Promise<void>
}

/** A process of its own that runs a file in TypeScript; killed when the test ends. */
export function child(program: URL, ...args: string[]): Child {
  const spawned = spawn(process.execPath, ['--import', 'jiti/register', fileURLToPath(program), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => spawned.once('exit', () => resolve()))
  const lines = createInterface({ input: spawned.stdout })[Symbol.asyncIterator]()
  async function kill() {
    spawned.kill('SIGKILL')
    await ended
  }
  onTestFinished(kill)
  return {
    process: spawned,
    pid: spawned.pid ?? 0,
    line: async () => (await lines.next()).value,
    kill,
  }
}
