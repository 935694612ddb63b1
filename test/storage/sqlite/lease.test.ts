import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { sqliteStorage } from '../../../src/storage/sqlite/storage.ts'
import { exampleStudy, manualClock } from '../../contracts/storage.ts'
import { child } from './child.ts'
import { databasePath } from './database-path.ts'

const holderProgram = new URL('./children/hold.ts', import.meta.url)
const hasProc = existsSync('/proc/self/stat')

/** A database with one study, which a process of its own holds. */
async function heldByChild() {
  const { path, storage } = await withStudy()
  const holder = child(holderProgram, path, 'study')
  await holder.line()
  holder.process.stdin?.write('go\n')
  expect(await holder.line()).toBe('mine')
  return { path, storage, holder }
}

/** Several processes open the database and ask for the study as nearly at once as can be. */
async function race(path: string, study: string) {
  const rivals = Array.from({ length: 4 }, () => child(holderProgram, path, study))
  for (const rival of rivals) await rival.line()
  for (const rival of rivals) rival.process.stdin?.write('go\n')
  return { rivals, said: await Promise.all(rivals.map((rival) => rival.line())) }
}

async function withStudy() {
  const path = databasePath()
  const storage = sqliteStorage(path)
  onTestFinished(() => storage.close())
  await storage.createStudy(exampleStudy('study'))
  return { path, storage }
}

function alter(path: string, sql: string): void {
  const db = new Database(path)
  db.exec(sql)
  db.close()
}

test('a living process keeps its study, a killed one loses it at once', async () => {
  const { storage, holder } = await heldByChild()
  expect(await storage.readStudy('study')).toMatchObject({ status: 'running' })
  await expect(storage.acquireLease('study')).rejects.toMatchObject({
    code: 'study/busy',
    message: expect.stringContaining(`process ${holder.pid} on `),
    hint: expect.stringContaining('stop it'),
  })
  await holder.kill()
  expect(await storage.readStudy('study')).toMatchObject({ status: 'interrupted' })
  const lease = await storage.acquireLease('study')
  await lease.append([{ type: 'study-finished', at: 1 }])
})

test('of many processes that want a study at the same moment exactly one gets it', async () => {
  const { path } = await withStudy()
  const { rivals, said } = await race(path, 'study')
  const winner = rivals[said.indexOf('mine')]
  const others = said.filter((line) => line !== 'mine')
  expect(others).toHaveLength(rivals.length - 1)
  for (const line of others) expect(line).toMatch(new RegExp(`^study/busy .*process ${winner?.pid} `))
})

test('processes that contend for a study again and again are never told anything but that it is busy', async () => {
  const { path, storage } = await withStudy()
  const program = new URL('./children/contend.ts', import.meta.url)
  const rivals = [0, 1, 2].map(() => child(program, path, 'study', '200'))
  for (const rival of rivals) await rival.line()
  for (const rival of rivals) rival.process.stdin?.write('go\n')
  const said = await Promise.all(rivals.map((rival) => rival.line()))
  const outcomes: { [code: string]: number }[] = said.map((line) => JSON.parse(line ?? ''))
  for (const { added = 0, 'study/busy': busy = 0 } of outcomes) expect(added + busy, String(said)).toBe(200)
  const added = outcomes.reduce((sum, outcome) => sum + (outcome.added ?? 0), 0)
  expect(await storage.readTrials('study')).toHaveLength(added)
})

test('many processes may make the same database at the same moment', async () => {
  const { said } = await race(databasePath(), 'none')
  for (const line of said) expect(line).toMatch(/^study\/unknown /)
})

test('who was taken over writes nothing more', async () => {
  const { path, storage } = await withStudy()
  const lease = await storage.acquireLease('study')
  alter(path, "UPDATE leases SET process_start = '1', token = 'theirs'")
  await expect(lease.append([{ type: 'study-finished', at: 1 }])).rejects.toMatchObject({ code: 'storage/lost-lease' })
  await lease.release()
  await (await storage.acquireLease('study')).release()
  expect(await storage.readStudy('study')).toMatchObject({ status: 'interrupted' })
})

test.runIf(hasProc)('a process that only has the pid of the one that held a study does not hold it', async () => {
  const { path, storage } = await withStudy()
  await storage.acquireLease('study')
  alter(path, 'UPDATE leases SET process_start = process_start - 1')
  expect(await storage.readStudy('study')).toMatchObject({ status: 'interrupted' })
  await storage.acquireLease('study')
})

test('where the start of a process is not known, its pid decides', async () => {
  const { path, storage } = await withStudy()
  await storage.acquireLease('study')
  alter(path, 'UPDATE leases SET process_start = NULL')
  await expect(storage.acquireLease('study')).rejects.toMatchObject({ code: 'study/busy' })
})

test.runIf(hasProc)('a zombie holds nothing', async () => {
  const { path, storage } = await withStudy()
  // `exec` leaves a parent that never waits for the process in the background.
  const parent = spawn('sh', ['-c', 'sleep 1000 & echo $!; exec sleep 1000'], { stdio: ['ignore', 'pipe', 'ignore'] })
  onTestFinished(() => void parent.kill('SIGKILL'))
  const [printed] = await once(parent.stdout, 'data')
  const pid = Number(String(printed))
  const start = statOf(pid)[19]
  await storage.acquireLease('study')
  alter(path, `UPDATE leases SET token = 'theirs', pid = ${pid}, process_start = '${start}'`)
  expect(await storage.readStudy('study')).toMatchObject({ status: 'running' })
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => statOf(pid)[0]).toBe('Z')
  expect(await storage.readStudy('study')).toMatchObject({ status: 'interrupted' })
  await storage.acquireLease('study')
})

test('a process of another host lives as long as its last sign of life is younger than 30 seconds', async () => {
  const path = databasePath()
  const clock = manualClock(1_000_000)
  const storage = sqliteStorage(path, { clock })
  onTestFinished(() => storage.close())
  await storage.createStudy(exampleStudy('study'))
  await storage.acquireLease('study')
  alter(path, "UPDATE leases SET token = 'theirs', pid = 1, host = 'elsewhere', pid_space = 'elsewhere'")
  clock.time += 29_999
  const busy = { code: 'study/busy', message: expect.stringContaining('process 1 on elsewhere') }
  await expect(storage.acquireLease('study')).rejects.toMatchObject(busy)
  clock.time += 1
  await storage.acquireLease('study')
})

test('a holder shows signs of life by itself', async () => {
  const { path } = await heldByChild()
  alter(path, 'UPDATE leases SET heartbeat_at = 0')
  const db = new Database(path, { readonly: true })
  onTestFinished(() => void db.close())
  const heartbeat = db.prepare<[], number>('SELECT heartbeat_at FROM leases').pluck()
  await expect.poll(() => heartbeat.get(), { timeout: 20_000 }).toBeGreaterThan(Date.now() - 60_000)
})

test('a storage that closes gives its leases back', async () => {
  const { path, storage } = await withStudy()
  const other = sqliteStorage(path)
  await other.acquireLease('study')
  await expect(storage.acquireLease('study')).rejects.toMatchObject({ code: 'study/busy' })
  await other.close()
  await storage.acquireLease('study')
})

/** The fields of /proc/<pid>/stat from the third on. */
function statOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /s, '')
    .trim()
    .split(' ')
}
