// Kills `tune setup tfjs-node` at random seconds, again and again, then lets it finish and checks that nothing is left over.
//   npm run build && node scripts/kill-setup.mjs [kills] [longest wait in seconds] [seed]
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [kills = 6, longest = 40, seed = 1] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'tfjs-tuner-killed-'))
let state = seed

/** A fraction, from a small generator: the same kills for the same seed. */
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 2 ** 32
}

function setup(killAfterMs) {
  const child = spawn(process.execPath, ['dist/cli/main.js', 'setup', 'tfjs-node', '--dir', folder], {
    stdio: 'inherit',
  })
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  return new Promise((resolve) =>
    child.once('close', (code) => {
      clearTimeout(timer)
      resolve(code)
    }),
  )
}

try {
  for (let i = 0; i < kills; i++) {
    const wait = Math.round(random() * longest * 1000)
    const code = await setup(wait)
    const ready = existsSync(join(folder, 'tfjs-node'))
    console.log(code === null ? `killed after ${wait / 1000} s; ready: ${ready}` : `ended by itself with ${code}`)
    if (ready) {
      const whole = existsSync(join(folder, 'tfjs-node', 'proof.json'))
      if (!whole) throw new Error('Something is in place that was not proven.')
      rmSync(join(folder, 'tfjs-node'), { recursive: true })
    }
  }
  const code = await setup()
  const left = readdirSync(join(folder, '.setup'))
  console.log(`run to its end: ${code}; left over: ${left.length === 0 ? 'nothing' : left.join(', ')}`)
  if (code !== 0 || left.length > 0) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
