// Sets tfjs-node up in a new folder and runs test/native on it; says plainly what it did, or why it could not.
//   npm run build && node scripts/native-leg.mjs
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const LEG = 'tfjs-node leg'
const folder = mkdtempSync(join(tmpdir(), 'tfjs-tuner-native-'))
const started = Date.now()

function run(program, args, options = {}) {
  return spawnSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...options })
}

const setup = (...args) =>
  run(process.execPath, ['dist/cli/main.js', 'setup', 'tfjs-node', '--dir', folder, '--json', ...args])

function leg() {
  if (process.platform !== 'linux') return skipped(`this is ${process.platform}, and tfjs-node is set up on Linux only`)
  const plan = JSON.parse(setup('--dry-run').stdout)
  const missing = plan.tools.filter(({ program }) => program === undefined).map(({ name }) => name)
  if (missing.length > 0) return skipped(`this machine has no ${missing.join(' and no ')}`)
  const made = setup()
  if (made.status !== 0) return failed('tune setup tfjs-node failed')
  const { proof } = JSON.parse(made.stdout)
  console.log(`${LEG}: set up ${proof.version} in ${seconds()}; a training step takes ${proof.stepMs.toFixed(2)} ms`)
  const env = { ...process.env, TUNE_NATIVE_DIR: folder }
  const tests = run('npx', ['--no-install', 'vitest', 'run', 'test/native'], { env, stdio: 'inherit' })
  if (tests.status !== 0) return failed('test/native failed')
  console.log(`${LEG}: RAN for real, and passed, in ${seconds()}`)
}

function skipped(why) {
  console.log(`${LEG}: SKIPPED, nothing of it was tested: ${why}`)
}

function failed(what) {
  console.error(`${LEG}: FAILED: ${what}`)
  process.exitCode = 1
}

function seconds() {
  return `${Math.round((Date.now() - started) / 1000)} s`
}

try {
  leg()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
