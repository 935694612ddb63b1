import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { integrity, type StudyText, start, tune, workFolder, writeStudy, writeTable } from './tune.ts'

vi.setConfig({ testTimeout: 120_000 })

/** Runs a line that must fail: one paragraph with the code, no stack, and the database, if there is one, whole. */
async function failing(
  folder: string,
  ...args: string[]
): Promise<{ code: string; exit: number | undefined; text: string }> {
  const { code: exit, err } = await tune(folder, ...args)
  const text = err.trimEnd()
  expect(text).not.toContain('\n')
  const [, code = ''] = /^error ([a-z]+\/[a-z-]+): /.exec(text) ?? []
  const db = join(folder, 'tune.db')
  if (existsSync(db)) expect(integrity(db)).toBe('ok')
  return { code, exit, text }
}

function prepared(text?: StudyText): string {
  const folder = workFolder()
  writeTable(folder)
  writeStudy(folder, text)
  return folder
}

const run = ['run', 'study.ts', '--data', 'table.csv', '--epochs', '1', '--workers', '2']
const units = 'units: int(2, 16), learningRate: fixed(0.1)'

const studies: [what: string, study: StudyText, code: string, exit: number, said: string][] = [
  ['empty space', { space: '{}' }, 'space/empty', 4, 'empty'],
  ['low above high', { space: '{ units: int(16, 2) }' }, 'space/bad-bounds', 4, '"units"'],
  ['a log scale from 0', { space: '{ rate: float(0, 1, { scale: "log" }) }' }, 'space/bad-scale', 4, '"rate"'],
  ['more folds than rows', { validation: 'kFold(61)' }, 'cv/too-few-rows', 6, '60'],
  ['a model that throws', { model: 'throw new Error("boom")' }, 'model/threw', 8, 'boom'],
  ['a model that does not fit the target', { outputs: 3 }, 'model/output-mismatch', 8, '3'],
  ['an undefined name', { space: `{ ${units} }` }, 'study/threw', 3, 'fixed is not defined'],
]

test.each(studies)('%s', async (_, study, code, exit, said) => {
  const error = await failing(prepared(study), ...run)
  expect(error).toMatchObject({ code, exit })
  expect(error.text).toContain(said)
})

test('a study file that is missing, or without a default export, or that does not parse', async () => {
  const folder = prepared()
  expect(await failing(folder, 'run', 'nothing.ts')).toMatchObject({ code: 'study/file-missing', exit: 3 })
  writeFileSync(join(folder, 'study.ts'), 'export const study = 1\n')
  expect(await failing(folder, ...run)).toMatchObject({ code: 'study/no-default-export', exit: 3 })
  writeFileSync(join(folder, 'study.ts'), 'export default {\n  name: "x",\n  space: { a: [1, 2 },\n}\n')
  const syntax = await failing(folder, ...run)
  expect(syntax.code).toBe('study/syntax')
  expect(syntax.text).toContain(`${join(folder, 'study.ts')}:3:`)
})

test('data that is missing, without the target, or with a text among numbers', async () => {
  const folder = prepared()
  const missing = await failing(folder, 'run', 'study.ts', '--data', 'nothing.csv')
  expect(missing).toMatchObject({ code: 'data/file-missing', exit: 5 })
  expect(await failing(folder, 'run', 'study.ts')).toMatchObject({ code: 'data/file-missing', exit: 5 })
  const sweep = ['--dropout', '0,0.2', '--epochs', '1']
  const target = await failing(folder, 'sweep', 'table.csv', '--target', 'price', ...sweep)
  expect(target).toMatchObject({ code: 'data/target-missing', exit: 5 })
  writeFileSync(join(folder, 'table.csv'), 'a,y,level\n1,2,low\n2,oops,low\n3,4,low\n4,5,low\n')
  const cell = await failing(folder, ...run)
  expect(cell).toMatchObject({ code: 'data/bad-cell', exit: 5 })
  expect(cell.text).toMatch(/row 2 .*"y".*"oops"/)
})

test('a study whose space has changed', async () => {
  const folder = prepared()
  expect(await tune(folder, ...run, '--trials', '1')).toMatchObject({ code: 0 })
  writeStudy(folder, { space: '{ units: int(2, 32), learningRate: float(1e-3, 1e-1, { scale: "log" }) }' })
  for (const again of [run, ['resume', 'tiny']]) {
    const error = await failing(folder, ...again)
    expect(error).toMatchObject({ code: 'study/changed', exit: 3 })
    expect(error.text).toContain('units: int(2, 32) was int(2, 16)')
  }
  expect(JSON.parse((await tune(folder, 'trials', '--json')).out)).toHaveLength(1)
})

test('a database that is something else', async () => {
  const folder = prepared()
  for (const args of [
    [...run, '--db', 'table.csv'],
    ['list', '--db', 'table.csv'],
  ]) {
    expect(await failing(folder, ...args)).toMatchObject({ code: 'storage/not-a-database', exit: 12 })
  }
  for (const verb of ['list', 'show', 'trials', 'best', 'resume']) {
    expect(await failing(folder, verb, '--db', 'no.db')).toMatchObject({ code: 'storage/unavailable', exit: 12 })
  }
  expect(existsSync(join(folder, 'no.db'))).toBe(false)
})

test('two processes that run the same study', async () => {
  const folder = prepared({ model: 'await new Promise((resolve) => setTimeout(resolve, 100_000))' })
  const long = ['run', 'study.ts', '--data', 'table.csv', '--workers', '1']
  const first = start(folder, ...long)
  await first.printed(/^study tiny/)
  expect(await failing(folder, ...long)).toMatchObject({ code: 'study/busy', exit: 3 })
  first.process.kill('SIGINT')
  expect(await first.ended).toMatchObject({ code: 130 })
})

test.each([
  [['--dropout', '0:x'], 'command/bad-range'],
  [['--dropout', '0.6:0'], 'command/bad-range'],
  [['--learning-rate', '0:1:log'], 'command/bad-range'],
  [['--units', '1.5'], 'command/bad-range'],
  [['--dropout', '0,0.2', '--trials', 'abc'], 'command/bad-argument'],
  [['--dropout', '0,0.2', '--folds', '1'], 'command/bad-argument'],
  [['--dropout', '0,0.2', '--unknown'], 'command/bad-argument'],
])('a sweep with %j', async (args, code) => {
  const folder = workFolder()
  writeTable(folder)
  expect(await failing(folder, 'sweep', 'table.csv', '--target', 'y', ...args)).toMatchObject({ code, exit: 2 })
  expect(existsSync(join(folder, 'tune.db'))).toBe(false)
})

test('a sweep over nothing, a backend and a tuner that there are not', async () => {
  const folder = workFolder()
  writeTable(folder)
  const sweep = ['sweep', 'table.csv', '--target', 'y']
  expect(await failing(folder, ...sweep)).toMatchObject({ code: 'space/empty', exit: 4 })
  const wide = [...sweep, '--dropout', '0:0.5']
  expect(await failing(folder, ...wide, '--backend', 'x')).toMatchObject({
    code: 'engine/backend-unavailable',
    exit: 10,
  })
  expect(await failing(folder, ...wide, '--tuner', 'x')).toMatchObject({ code: 'tuner/unknown', exit: 7 })
})

test('a line that cannot be read, and a study that is not there', async () => {
  const folder = prepared()
  await tune(folder, ...run, '--trials', '1')
  expect(await failing(folder, 'runn')).toMatchObject({ code: 'command/bad-argument', exit: 2 })
  expect(await failing(folder, 'run')).toMatchObject({ code: 'command/bad-argument', exit: 2 })
  for (const verb of ['show', 'trials', 'best', 'resume']) {
    const error = await failing(folder, verb, 'tinny')
    expect(error).toMatchObject({ code: 'study/unknown', exit: 3 })
    expect(error.text).toContain('Did you mean "tiny"?')
  }
})

test('with --json an error is JSON on standard error, and standard output stays empty', async () => {
  const { code, out, err } = await tune(prepared({ outputs: 3 }), ...run, '--json')
  expect({ code, out }).toEqual({ code: 8, out: '' })
  expect(JSON.parse(err).error).toMatchObject({ code: 'model/output-mismatch', hint: expect.any(String) })
})
