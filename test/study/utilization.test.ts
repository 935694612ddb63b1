import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { runStudy, sqliteStorage } from '../../dist/index.js'
import { busyFraction } from '../../src/study/scheduling/busy-time.ts'

test('64 trials of uneven length keep two workers busy, and the run says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'uneven-'))
  const storage = sqliteStorage(join(folder, 'tune.db'))
  try {
    const study = fileURLToPath(new URL('./fixtures/uneven-trials.ts', import.meta.url))
    const { run, trials } = await runStudy(study, { storage, workers: 2 })
    expect(trials).toHaveLength(64)
    expect(await storage.readRuns('uneven')).toEqual([run])
    expect(busyFraction(run)).toBeGreaterThan(0.95)
  } finally {
    await storage.close()
    rmSync(folder, { recursive: true })
  }
}, 120_000)
