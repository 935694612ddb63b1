import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'

const program = fileURLToPath(new URL('./fixtures/spinning-pool.mjs', import.meta.url))

function childrenOf(parent: number): number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid = 0, ppid]) => (ppid === parent ? [pid] : []))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('worker processes end with the program that is killed, also in the middle of an endless loop', async () => {
  const main = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  main.stdout.on('data', (chunk) => {
    said += chunk
  })
  await vi.waitFor(() => expect(said).toBe('busy\nbusy\n'), { timeout: 30_000 })
  const workers = childrenOf(main.pid ?? 0)
  expect(workers).toHaveLength(2)
  expect(workers.every(isAlive)).toBe(true)
  const died = once(main, 'exit')
  main.kill('SIGKILL')
  await died
  await vi.waitFor(() => expect(workers.filter(isAlive)).toEqual([]), { timeout: 2000 })
})
