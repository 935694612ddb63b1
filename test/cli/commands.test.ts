import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { tune, workFolder, writeStudy, writeTable } from './tune.ts'

vi.setConfig({ testTimeout: 120_000 })

// Control characters, but for the end of a line.
const control = /[^\P{Cc}\n]/u

describe('tune run', () => {
  test('runs a study, prints a line for each trial and the ranking; the reading commands show it', async () => {
    const folder = workFolder()
    writeTable(folder)
    writeStudy(folder)
    const run = await tune(folder, 'run', 'study.ts', '--data', 'table.csv', '--workers', '2')
    expect(run).toMatchObject({ code: 0, err: '' })
    expect(run.out).not.toMatch(control)
    expect(run.out).toMatch(/^study tiny {2}3 trials {2}random search {2}2 folds {2}4 epochs {2}2 workers {2}seed 0\n/)
    expect(run.out.match(/^trial \d {2}val_loss \S+ {2}val_mae \S+ {2}units \d+ {2}learningRate \S+/gm)).toHaveLength(3)
    expect(run.out).toContain('Ranking of tiny')
    expect(run.out).toContain('tune best tiny')

    const [list, trials, best, show] = await Promise.all(
      ['list', 'trials', 'best', 'show'].map((verb) => tune(folder, verb, '--json')),
    )
    const ranked = JSON.parse(trials?.out ?? '')
    expect(ranked).toHaveLength(3)
    const values = ranked.map(({ value }: { value: number }) => value)
    expect(values).toEqual([...values].sort((a, b) => a - b))
    expect(Object.keys(ranked[0])).toEqual(['study', 'trial', 'status', 'value', 'params', 'metrics', 'bestEpoch'])
    const { mean, folds } = ranked[0].metrics.val_loss
    expect(folds).toHaveLength(2)
    expect(mean).toBe(ranked[0].value)
    expect(JSON.parse(list?.out ?? '')).toEqual([{ study: 'tiny', status: 'complete', trials: 3, value: values[0] }])
    expect(JSON.parse(best?.out ?? '')).toEqual(ranked[0])
    expect(JSON.parse(show?.out ?? '')).toMatchObject({ study: 'tiny', counts: { complete: 3 }, best: ranked[0] })

    const shown = await Promise.all(['list', 'trials', 'best', 'show'].map((verb) => tune(folder, verb)))
    for (const { code, out, err } of shown) {
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out).not.toMatch(control)
      expect(out).toMatch(/tiny|trial/)
    }
  })

  test('--json prints the best trial and nothing else, whatever the study prints', async () => {
    const folder = workFolder()
    writeTable(folder)
    writeStudy(folder, { model: 'console.log("building")', space: '(console.log("loading"), { units: int(2, 16) })' })
    const args = ['--data', 'table.csv', '--json', '--trials', '1', '--epochs', '1', '--name', 'other', '--seed', '7']
    const run = await tune(folder, 'run', 'study.ts', '--db', 'my.db', ...args)
    expect(run.code).toBe(0)
    const best = JSON.parse(run.out)
    expect(best).toMatchObject({ study: 'other', trial: 0, status: 'complete', bestEpoch: 1 })
    expect(JSON.parse((await tune(folder, 'best', '--db', 'my.db', '--json')).out)).toEqual(best)
    expect(JSON.parse((await tune(folder, 'show', '--db', 'my.db', '--json')).out)).toMatchObject({ seed: 7 })
  })

  test('goes on with a study, with more trials', async () => {
    const folder = workFolder()
    writeTable(folder)
    writeStudy(folder)
    const first = await tune(folder, 'run', 'study.ts', '--data', 'table.csv', '--trials', '1')
    const second = await tune(folder, 'run', 'study.ts', '--data', 'table.csv', '--trials', '2')
    const third = await tune(folder, 'resume', '--trials', '3')
    expect([first, second, third].map(({ out }) => out.match(/^trial \d/gm))).toEqual([
      ['trial 0'],
      ['trial 1'],
      ['trial 2'],
    ])
  })
})

describe('tune sweep', () => {
  test('two lists are a grid, shown as a table of one against the other', async () => {
    const folder = workFolder()
    writeTable(folder)
    const rates = ['--dropout', '0,0.3', '--learning-rate', '1e-3,1e-2', '--units', '4', '--layers', '1']
    const sweep = ['sweep', 'table.csv', '--target', 'y', '--drop', 'level', '--folds', '2', '--epochs', '2', ...rates]
    const run = await tune(folder, ...sweep)
    expect(run).toMatchObject({ code: 0, err: '' })
    expect(run.out.match(/^trial \d/gm)).toHaveLength(4)
    expect(run.out).toContain('val_loss by dropout (down) and learningRate (across)')
    expect(run.out).toMatch(/^dropout +0\.001 +0\.01$/m)

    const again = await tune(folder, ...sweep)
    expect(again.out).toContain('4 trials of earlier runs kept')
    const other = await tune(folder, ...sweep, '--patience', '3')
    expect(other.out).toMatch(/^study table-sweep-2 /)
  })

  test('a class target gets a classifier without being told', async () => {
    const folder = workFolder()
    writeTable(folder)
    const args = ['--target', 'level', '--drop', 'y', '--dropout', '0:0.5', '--trials', '2', '--epochs', '2']
    const run = await tune(folder, 'sweep', 'table.csv', ...args, '--folds', '2', '--json')
    expect(run.code).toBe(0)
    expect(JSON.parse(run.out).metrics.val_accuracy.folds).toHaveLength(2)
  })
})

test('help tells what can be written', async () => {
  const folder = workFolder()
  const verbs = ['run', 'sweep', 'resume', 'list', 'show', 'trials', 'best', 'fit']
  const helps = await Promise.all(
    [['--help'], [], ...verbs.map((verb) => [verb, '--help'])].map((args) => tune(folder, ...args)),
  )
  for (const { code, out, err } of helps) {
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('Examples:')
  }
  for (const verb of verbs) expect(helps[0]?.out).toContain(`  ${verb} `)
  expect(helps[1]?.out).toBe(helps[0]?.out)
})

test('the data may have moved before a resume', async () => {
  const folder = workFolder()
  const elsewhere = workFolder()
  writeTable(elsewhere)
  writeStudy(folder)
  const moved = join(elsewhere, 'table.csv')
  await tune(folder, 'run', 'study.ts', '--data', moved, '--trials', '1', '--epochs', '1')
  expect(await tune(folder, 'resume', 'tiny', '--trials', '2')).toMatchObject({ code: 0 })
})
