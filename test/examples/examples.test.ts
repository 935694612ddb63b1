import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type Ended, tune, workFolder } from '../cli/tune.ts'
import { digits, houses, photographs, reviews, tumours, type WriteData } from './small-data.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

interface Example {
  readonly name: string
  /** Its data in the format that it reads; absent where it only generates them. */
  readonly data?: WriteData
  /** Whether it generates data where none are named. */
  readonly generates: boolean
  readonly metric: string
}

const examples: readonly Example[] = [
  { name: 'boston-housing', data: houses, generates: false, metric: 'val_mae' },
  { name: 'breast-cancer', data: tumours, generates: false, metric: 'val_auc' },
  { name: 'cifar-cnn', data: photographs, generates: true, metric: 'val_accuracy' },
  { name: 'imdb', data: reviews, generates: true, metric: 'val_accuracy' },
  { name: 'mnist-mlp', data: digits, generates: true, metric: 'val_accuracy' },
  { name: 'quickstart', generates: true, metric: 'val_accuracy' },
]

test('all examples are here, and in the README', () => {
  expect(readdirSync(`${root}examples`).sort()).toEqual(examples.map(({ name }) => name))
  const readme = readFileSync(`${root}README.md`, 'utf8')
  for (const { name } of examples) expect(readme).toContain(`(examples/${name}/study.ts)`)
})

const study = (name: string): string => `${root}examples/${name}/study.ts`

const short = ['--trials', '2', '--epochs', '2', '--workers', '2', '--json']

function check(name: string, metric: string, { code, out, err }: Ended): void {
  expect({ code, err }).toMatchObject({ code: 0 })
  const best = JSON.parse(out)
  expect(best).toMatchObject({ study: name, status: 'complete' })
  expect(best.metrics[metric].mean).toBeGreaterThanOrEqual(0)
  expect(best.metrics.val_loss.mean).toBeGreaterThan(0)
}

const readers = examples.flatMap(({ data, ...example }) => (data === undefined ? [] : [{ ...example, data }]))

test.each(readers)('$name runs on files', async ({ name, data, metric }) => {
  const folder = workFolder()
  check(name, metric, await tune(folder, 'run', study(name), '--data', data(folder), ...short))
})

test.each(examples.filter(({ generates }) => generates))(
  '$name runs on what it generates',
  async ({ name, metric }) => {
    check(name, metric, await tune(workFolder(), 'run', study(name), ...short))
  },
)

test.each(examples.filter(({ generates }) => !generates))('$name says how to name its file', async ({ name }) => {
  const run = await tune(workFolder(), 'run', study(name))
  expect(run.code).not.toBe(0)
  expect(run.err).toContain('Pass --data <file> or set TUNE_DATA.')
})
