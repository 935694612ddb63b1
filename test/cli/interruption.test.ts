import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { integrity, start, tune, workFolder, writeStudy, writeTable } from './tune.ts'

vi.setConfig({ testTimeout: 120_000 })

const run = ['run', 'study.ts', '--data', 'table.csv', '--trials', '4', '--epochs', '30', '--workers', '2']

/** However fast the engine, there is time to interrupt a study whose models take their time. */
const slowly = (ms: number) => ({ model: `await new Promise((resolve) => setTimeout(resolve, ${ms}))` })

function prepared(delayMs = 0): string {
  const folder = workFolder()
  writeTable(folder)
  writeStudy(folder, slowly(delayMs))
  return folder
}

async function ranking(folder: string): Promise<string> {
  return (await tune(folder, 'trials', '--json')).out
}

/** The ranking of the study when nothing interrupts it, run once. */
let whole: Promise<string> | undefined
async function uninterrupted(): Promise<string> {
  const folder = prepared()
  await tune(folder, ...run)
  return ranking(folder)
}

describe('a study that is stopped or killed, and resumed', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'ends in the numbers of an uninterrupted one: %s',
    async (signal) => {
      whole ??= uninterrupted()
      const wanted = await whole
      expect(JSON.parse(wanted)).toHaveLength(4)
      const folder = prepared(300)
      const cut = start(folder, ...run)
      await cut.printed(/^trial \d/m)
      cut.process.kill(signal)
      const ended = await cut.ended
      expect(ended.code).toBe(signal === 'SIGKILL' ? undefined : 130)
      if (signal !== 'SIGKILL') {
        expect(ended.err).toMatch(/^error study\/interrupted: .*Go on with: tune resume tiny$/m)
      }
      expect(integrity(join(folder, 'tune.db'))).toBe('ok')
      const before = JSON.parse((await tune(folder, 'list', '--json')).out)
      expect(before).toMatchObject([{ study: 'tiny', status: 'interrupted' }])
      const resumed = await tune(folder, 'resume')
      expect(resumed.code).toBe(0)
      const kept = Number(/^(\d) trials? of earlier runs kept$/m.exec(resumed.out)?.[1])
      expect(kept).toBeGreaterThanOrEqual(1)
      expect(resumed.out.match(/^trial \d/gm)).toHaveLength(4 - kept)
      expect(await ranking(folder)).toBe(wanted)
    },
  )
})

test('with --json an interruption is JSON too, and names the database', async () => {
  const folder = prepared(60_000)
  const cut = start(folder, ...run, '--engine', 'simd', '--db', 'my studies.db', '--json')
  while (!(await tune(folder, 'list', '--db', 'my studies.db', '--json')).out.includes('"running"')) {}
  cut.process.kill('SIGINT')
  const { code, out, err } = await cut.ended
  expect({ code, out }).toEqual({ code: 130, out: '' })
  expect(JSON.parse(err).error).toMatchObject({
    code: 'study/interrupted',
    hint: "Go on with: tune resume tiny --db 'my studies.db'",
  })
})

test('a reader that goes away ends the command quietly', async () => {
  const folder = prepared()
  const cut = start(folder, ...run, '--epochs', '1', '--trials', '200')
  await cut.printed(/^study/)
  cut.process.stdout?.destroy()
  expect(await cut.ended).toMatchObject({ code: 141, err: '' })
})

test('a second signal ends the process at once', async () => {
  const folder = prepared(60_000)
  const cut = start(folder, ...run, '--engine', 'simd')
  await cut.printed(/^study/)
  cut.process.kill('SIGINT')
  cut.process.kill('SIGINT')
  expect(await cut.ended).toMatchObject({ code: 130 })
  expect(integrity(join(folder, 'tune.db'))).toBe('ok')
  expect(JSON.parse((await tune(folder, 'list', '--json')).out)).toMatchObject([{ status: 'interrupted' }])
})
