import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const LIMIT_MS = 60_000

/** Lines in which TensorFlow says what became of a GPU. */
const ABOUT_GPUS = /cuda|cuInit|gpu|nvidia|driver/i

let asked: Promise<string> | undefined

/**
 * What TensorFlow itself says about the missing GPU, in one line; asked once, in a process of its own, since it says it to
 * the process's standard error only.
 */
export function whyNoGpu(): Promise<string> {
  asked ??= ask()
  return asked
}

async function ask(): Promise<string> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./why-no-gpu-worker.js', import.meta.url))], {
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: LIMIT_MS,
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  await new Promise((resolve) => {
    child.once('close', resolve)
    child.once('error', resolve)
  })
  const lines = said.split('\n').filter((line) => ABOUT_GPUS.test(line))
  return lines.length === 0 ? 'TensorFlow found none' : `TensorFlow says: ${lines.map(sentence).join('; ')}`
}

/** Without the time, the thread and the place in TensorFlow's sources. */
function sentence(line: string): string {
  return line
    .replace(/^.*?\.(?:cc|cpp|h):\d+\] */, '')
    .trim()
    .replace(/\.$/, '')
}
