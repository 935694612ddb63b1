import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { defineStudy, float, runStudy, type StudyResult } from '../../dist/index.js'
import type { Isolation } from '../../src/trial-runner/backends/backend.ts'

const folder = mkdtempSync(join(tmpdir(), 'isolation-'))
const quickstart = fileURLToPath(new URL('../../examples/quickstart/study.ts', import.meta.url))
afterAll(() => rmSync(folder, { recursive: true }))

function numbers({ trials }: StudyResult) {
  return trials.map(({ number, status, params, value, folds, epochs }) => {
    const curves = folds.map(({ curve, engine }) => ({ curve, engine }))
    return { number, status, params, value, epochs, curves }
  })
}

async function runIn(isolation: Isolation) {
  const storage = join(folder, `${isolation}.db`)
  const choices = { epochs: 3, tuner: 'hyperband', workers: 2, deterministic: true, storage, isolation }
  return numbers(await runStudy(quickstart, choices))
}

describe('where workers train', () => {
  test('changes no number: threads and processes, trials that go on from a checkpoint among them', async () => {
    const threads = await runIn('thread')
    expect(threads.some(({ epochs }) => epochs === 3)).toBe(true)
    expect(threads.every(({ status }) => status === 'complete')).toBe(true)
    expect(await runIn('process')).toEqual(threads)
  })

  test('a study defined in the calling program has no process of its own', async () => {
    const study = defineStudy({ name: 'inline', space: { x: float(0, 1) }, objective: ({ x }) => x })
    const storage = join(folder, 'inline.db')
    await expect(runStudy(study, { isolation: 'process', storage })).rejects.toMatchObject({
      code: 'study/bad-definition',
      hint: expect.stringContaining('module'),
    })
  })
})
