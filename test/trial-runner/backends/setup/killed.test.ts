import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { RandomStream } from '../../../../src/core/random.ts'
import { readStones } from './fixtures/stones.ts'

const script = fileURLToPath(new URL('./fixtures/lay-stones.ts', import.meta.url))
const project = fileURLToPath(new URL('../../../../', import.meta.url))

/** Lays stones in a process of its own; with `killAfterMs`, killed so long after its first step began. */
function lay(folder: string, stepMs: number, killAfterMs?: number): Promise<number | null> {
  const child = spawn(process.execPath, ['--import', 'jiti/register', script, folder, String(stepMs)], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdout.once('data', () => {
    if (killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  })
  return new Promise((resolve) => void child.once('close', resolve))
}

test('a setup killed at any moment can be run again, and never leaves half a result', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'setup-killed-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const random = new RandomStream('kills')
  let killed = 0
  for (let i = 0; i < 6; i++) {
    // Three steps of 60 ms: kills fall into each of them, and into the moments between.
    const code = await lay(folder, 60, Math.floor(random.next() * 130))
    if (code === null) killed++
    readStones(join(folder, 'stones'))
    if (code === 0) rmSync(join(folder, 'stones'), { recursive: true })
  }
  expect(killed).toBeGreaterThan(0)
  expect(await lay(folder, 0)).toBe(0)
  expect(readStones(join(folder, 'stones'))).toBe('oneonedeep/twothree')
  expect(readdirSync(join(folder, '.setup'))).toEqual([])
  expect(existsSync(join(folder, 'stones', 'proof.json'))).toBe(true)
})
