import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { loadFitted } from '../../src/study/fit/load-fitted.ts'
import { integrity, type StudyText, start, tune, workFolder, writeStudy, writeTable } from './tune.ts'

vi.setConfig({ testTimeout: 120_000 })

// Control characters, but for the end of a line.
const control = /[^\P{Cc}\n]/u
const files = ['model.json', 'study.json', 'weights.bin']

/** A folder in which a small study has run. */
async function studied(text: StudyText = {}): Promise<string> {
  const folder = workFolder()
  writeTable(folder)
  writeStudy(folder, text)
  const run = await tune(folder, 'run', 'study.ts', '--data', 'table.csv', '--engine', 'simd', '--workers', '1')
  expect(run).toMatchObject({ code: 0 })
  return folder
}

describe('tune fit', () => {
  test('writes the model of the best trial, and says what it did; the same bits each time', async () => {
    const folder = await studied()
    const best = await tune(folder, 'best')
    expect(best.out).toMatch(/^ {2}tune fit tiny$/m)
    const { trial, bestEpoch, metrics } = JSON.parse((await tune(folder, 'best', '--json')).out)

    const fit = await tune(folder, 'fit')
    expect(fit).toMatchObject({ code: 0, err: '' })
    expect(fit.out).not.toMatch(control)
    expect(fit.out).toMatch(
      new RegExp(`^fit tiny {2}trial ${trial} {2}all 60 rows {2}${bestEpoch} epochs? {2}seed 0\n`),
    )
    expect(fit.out).toContain('Written to tiny-model: ')
    expect(readdirSync(join(folder, 'tiny-model')).sort()).toEqual(files)
    expect(JSON.parse(readFileSync(join(folder, 'tiny-model', 'study.json'), 'utf8'))).toMatchObject({
      study: 'tiny',
      trial,
      epochs: bestEpoch,
      metrics,
      columns: ['a', 'b', 'c'],
      inputs: [{ shape: [3] }],
      preprocess: { name: 'standardize' },
    })

    const again = await tune(folder, 'fit', 'tiny', '--out', 'models/again', '--json')
    expect(again).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(again.out)).toMatchObject({
      folder: join(folder, 'models', 'again'),
      study: 'tiny',
      trial,
      epochs: bestEpoch,
      rows: 60,
      engine: 'simd',
    })
    for (const file of files) {
      const [first, second] = ['tiny-model', 'models/again'].map((out) => readFileSync(join(folder, out, file)))
      expect(second).toEqual(first)
    }
  })

  test('a sweep can be fitted, any of its trials, and a program predicts with it', async () => {
    const folder = workFolder()
    writeTable(folder)
    const rates = ['--dropout', '0,0.1', '--learning-rate', '0.02', '--units', '16']
    const sweep = ['sweep', 'table.csv', '--target', 'level', '--drop', 'y', '--folds', '2', '--epochs', '30', ...rates]
    expect(await tune(folder, ...sweep)).toMatchObject({ code: 0 })
    renameSync(join(folder, 'table.csv'), join(folder, 'moved.csv'))
    expect(await tune(folder, 'fit', '--trial', '1', '--out', 'level', '--data', 'moved.csv')).toMatchObject({
      code: 0,
    })
    const { description, predict } = await loadFitted(join(folder, 'level'))
    expect(description).toMatchObject({ trial: 1, task: { kind: 'classification', classes: ['high', 'low'] } })
    const rows = readFileSync(join(folder, 'moved.csv'), 'utf8').trim().split('\n').slice(1)
    const cells = rows.map((row) => row.split(','))
    const predicted = await predict(cells.map((row) => row.slice(0, 3).map(Number)))
    const right = cells.filter((row, i) => row[4] === ((predicted[i]?.[0] ?? 0) > 0.5 ? 'low' : 'high'))
    expect(right.length).toBeGreaterThan(50)
  })

  test('Ctrl-C stops it and leaves nothing', async () => {
    const folder = await studied()
    writeStudy(folder, { model: 'console.log("building"); await new Promise((resolve) => setTimeout(resolve, 1000))' })
    const before = readdirSync(folder)
    const cut = start(folder, 'fit')
    await cut.printed(/building/)
    cut.process.kill('SIGINT')
    const { code, err } = await cut.ended
    expect(code).toBe(130)
    expect(err).toMatch(/^error study\/interrupted: .*nothing was written/m)
    expect(readdirSync(folder)).toEqual(before)
    expect(integrity(join(folder, 'tune.db'))).toBe('ok')
  })
})

describe('tune fit refuses', () => {
  /** Its last line on standard error, and its exit code. */
  async function failing(folder: string, ...args: string[]) {
    const { code, out, err } = await tune(folder, 'fit', ...args)
    expect(out).toBe('')
    return { exit: code, said: err.trimEnd() }
  }

  test('what it cannot fit, with the exit code of the room', async () => {
    const folder = await studied()
    const wrong = [
      [['other'], 3, 'study/unknown'],
      [['--trial', '9'], 3, 'study/unknown-trial'],
      [['--trial', 'x'], 2, 'command/bad-argument'],
      [['--out', '.'], 3, 'study/bad-output'],
      [['--out', 'table.csv'], 3, 'study/bad-output'],
      [['--db', 'no.db'], 12, 'storage/unavailable'],
      [['--engine', 'simd'], 2, 'command/bad-argument'],
    ] as const
    const seen = await Promise.all(wrong.map(([args]) => failing(folder, ...args)))
    for (const [i, [, exit, code]] of wrong.entries()) {
      expect(seen[i]).toEqual({ exit, said: expect.stringMatching(new RegExp(`^error ${code}: .+[^\n]$`)) })
    }
    const asJson = await tune(folder, 'fit', '--trial', '9', '--json')
    expect(JSON.parse(asJson.err).error).toMatchObject({ code: 'study/unknown-trial', hint: expect.any(String) })
  })

  test('a study whose code or data has changed', async () => {
    const folder = await studied()
    writeStudy(folder, { validation: 'kFold(3)' })
    expect(await failing(folder)).toMatchObject({ exit: 3, said: expect.stringContaining('study/changed') })
    writeStudy(folder)
    const table = join(folder, 'table.csv')
    writeFileSync(table, readFileSync(table, 'utf8').replace('0.', '1.'))
    expect(await failing(folder)).toMatchObject({ exit: 3, said: expect.stringContaining('digest') })
    expect(existsSync(join(folder, 'tiny-model'))).toBe(false)
  })
})

test('the data may have moved before a fit', async () => {
  const folder = await studied()
  const elsewhere = workFolder()
  const moved = writeTable(elsewhere)
  writeFileSync(join(folder, 'table.csv'), '')
  expect(await tune(folder, 'fit', '--data', moved)).toMatchObject({ code: 0 })
})
