import { join } from 'node:path'
import { expect, test } from 'vitest'
import { integrity, start, tune, workFolder, writeStudy, writeTable } from './tune.ts'

const run = ['run', 'study.ts', '--data', 'table.csv', '--trials', '4', '--epochs', '150', '--workers', '2']

function prepared(): string {
  const folder = workFolder()
  writeTable(folder)
  writeStudy(folder)
  return folder
}

async function ranking(folder: string): Promise<string> {
  return (await tune(folder, 'trials', '--json')).out
}

test('a study that was stopped or killed and resumed ends in the very numbers of one that was not', async () => {
  const whole = prepared()
  const { code, out } = await tune(whole, ...run)
  expect(code).toBe(0)
  expect(out.match(/^trial \d/gm)).toHaveLength(4)
  const wanted = await ranking(whole)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
    const folder = prepared()
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
  }
})

test('with --json an interruption is JSON too, and names the database', async () => {
  const folder = prepared()
  const cut = start(folder, ...run, '--epochs', '100000', '--db', 'my studies.db', '--json')
  while (!(await tune(folder, 'list', '--db', 'my studies.db', '--json')).out.includes('running')) {}
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
