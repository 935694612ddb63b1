import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { sqliteStorage } from '../../../src/storage/sqlite/storage.ts'
import { exampleStudy } from '../../contracts/storage.ts'
import { databasePath } from './database-path.ts'

test('opening waits while another writes a database that is not in WAL mode yet', async () => {
  const path = databasePath()
  await sqliteStorage(path).close()
  await writingFor(path, 300)
  const storage = sqliteStorage(path)
  expect(await storage.listStudies()).toEqual([])
  await storage.close()
})

test('a database that stays locked is named after five seconds', async () => {
  const path = databasePath()
  const storage = sqliteStorage(path)
  const other = new Database(path)
  other.exec('BEGIN IMMEDIATE')
  const locked = { code: 'storage/unavailable', message: expect.stringMatching(new RegExp(`${path}: .*locked`)) }
  await expect(storage.createStudy(exampleStudy('study'))).rejects.toMatchObject(locked)
  expect(await storage.listStudies()).toEqual([])
  other.exec('ROLLBACK')
  other.close()
  await storage.createStudy(exampleStudy('study'))
  await storage.close()
})

/** Has a thread put the database in the mode of a new file and write it for some time; resolves once it writes. */
async function writingFor(path: string, ms: number): Promise<void> {
  const program = `
    const { parentPort, workerData } = require('node:worker_threads')
    const db = require(workerData.sqlite)(workerData.path)
    db.pragma('journal_mode = DELETE')
    db.exec('BEGIN IMMEDIATE')
    parentPort.postMessage('writing')
    setTimeout(() => db.close(), workerData.ms)`
  const sqlite = new URL(import.meta.resolve('better-sqlite3')).pathname
  const worker = new Worker(program, { eval: true, workerData: { sqlite, path, ms } })
  onTestFinished(async () => void (await worker.terminate()))
  await once(worker, 'message')
}
