import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TaskSet } from '../../bench/simulation/taskset.ts'

const hp = {
  learning_rate: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  l1: 1e-4,
  l2: 1e-4,
  linear_decay: 1e-6,
  exponential_decay: 1e-5,
}
const rates = [1e-7, 1e-3, 1]
const losses = ['[3, 2, 1]', '[3, 0.5, NaN]', '[3, null, null]']

describe('TaskSet', () => {
  let folder = ''
  let table: TaskSet
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'taskset-'))
    const file = join(folder, 'table.json')
    const rows = rates.map(
      (rate, i) => `{ "hp": ${JSON.stringify({ ...hp, learning_rate: rate })}, "valid": { "loss": ${losses[i]} } }`,
    )
    writeFileSync(file, `[${rows.join(',')}]`)
    table = new TaskSet(file)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('has the best value of any point, and NaN where the file has NaN or null', () => {
    expect([table.epochs, table.best]).toEqual([3, 0.5])
    const { curve } = table.byRow().world()
    expect([0, 1, 2].map((row) => curve({ row }, 0))).toEqual([
      [3, 2, 1],
      [3, 0.5, Number.NaN],
      [3, Number.NaN, Number.NaN],
    ])
  })

  it('trains the nearest configuration that is free, each once', () => {
    const { space, world } = table.byHyperparameters()
    const { realize, curve } = world()
    const proposal = { ...space.defaults(), learning_rate: 2e-3 }
    const trained = [1, 2, 3].map(() => realize?.(proposal) ?? {})
    expect(trained.map((params) => params.learning_rate)).toEqual([1e-3, 1, 1e-7])
    expect(trained.map((params) => curve(params, 0)[1])).toEqual([0.5, Number.NaN, 2])
  })
})
