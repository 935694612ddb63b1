// Runs every tuner by its name on a study, from the command line, once in peace and once killed and resumed, with one
// worker and, deterministic, with three; fails where a killed run proposed or measured anything else than the one in peace.
//   npm run build && node scripts/walk.mjs examples/boston-housing/study.ts boston_housing.csv [tuner ...]
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { tunerNames } from '../dist/tuners/registry.js'

const [study, data, ...named] = process.argv.slice(2)
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'walk-'))
const kills = 3

function tune(...args) {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const ended = new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })))
  return { child, ended }
}

async function trialsOf(db) {
  const { code, out, err } = await tune('trials', '--db', db, '--json').ended
  if (code !== 0) throw new Error(err)
  return JSON.parse(out)
    .map(({ trial, params, status, value }) => JSON.stringify({ trial, params, status, value }))
    .sort()
}

/** Killed when 1/4, 2/4 and 3/4 of the time of the run in peace have passed, each time resumed. */
async function killed(run, db, milliseconds) {
  let cut = 0
  for (let round = 0; round < kills; round++) {
    const { child, ended } = tune(...run, '--db', db)
    const over = await Promise.race([ended.then(() => true), sleep(milliseconds / (kills + 1)).then(() => false)])
    if (over) break
    child.kill('SIGKILL')
    await ended
    cut++
  }
  const { code, err } = await tune(...run, '--db', db).ended
  if (code !== 0) throw new Error(err)
  return cut
}

for (const tuner of named.length > 0 ? named : tunerNames) {
  for (const workers of [1, 3]) {
    const [calm, cut] = ['calm', 'cut'].map((way) => join(folder, `${tuner}-${workers}-${way}.db`))
    const run = ['run', study, '--data', data, '--tuner', tuner, '--trials', '16', '--epochs', '27']
    run.push('--workers', `${workers}`, ...(workers > 1 ? ['--deterministic'] : []))
    if (['hyperband', 'bohb'].includes(tuner)) run.splice(run.indexOf('--trials'), 2)
    const started = performance.now()
    const { code, err } = await tune(...run, '--db', calm).ended
    if (code !== 0) throw new Error(err)
    const times = await killed(run, cut, performance.now() - started)
    const [wanted, got] = [await trialsOf(calm), await trialsOf(cut)]
    const same = wanted.length === got.length && wanted.every((trial, i) => trial === got[i])
    if (!same) process.exitCode = 1
    const told = `${tuner}, ${workers} worker${workers > 1 ? 's' : ''}`.padEnd(32)
    console.log(`${told}${same ? 'the same' : 'DIFFERENT'}  ${wanted.length} trials, killed ${times} times`)
  }
}
rmSync(folder, { recursive: true })
