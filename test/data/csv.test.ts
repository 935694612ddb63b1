import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { csv } from '../../src/data/csv.ts'
import { fileWith } from './files.ts'
import { rowsOf } from './rows-of.ts'

const read = (text: string, target = 'y', options = {}) => csv(fileWith(text), { target, ...options })

describe('reading', () => {
  test('numeric columns and target, in the order of the file', async () => {
    const path = fileWith('a,y,b\n1,10,-2.5\n3,20,4e-3\n')
    const dataset = await csv(path, { target: 'y' })
    expect(dataset).toMatchObject({ rows: 2, columns: ['a', 'b'], task: { kind: 'regression' }, files: [path] })
    expect(rowsOf(dataset.inputs[0])).toEqual([
      [1, -2.5],
      [3, Math.fround(4e-3)],
    ])
    expect(rowsOf(dataset.targets[0])).toEqual([[10], [20]])
    expect(dataset.inputs[0].kind === 'dense' && dataset.inputs[0].data.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(dataset.targets[0].data.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  test('byte order mark, CRLF, quotes, blanks around cells, blank lines', async () => {
    const dataset = await read('\uFEFF"a" , kind,y\r\n 1,"x, ""quoted""",2\r\n\r\n3 ,"two\r\nlines", 4\r\n')
    expect(dataset.columns).toEqual(['a', 'kind=two\nlines', 'kind=x, "quoted"'])
    expect(rowsOf(dataset.inputs[0])).toEqual([
      [1, 0, 1],
      [3, 1, 0],
    ])
    expect(rowsOf(dataset.targets[0])).toEqual([[2], [4]])
  })

  test.each([
    ['semicolons', 'a;y\n1;2\n', {}],
    ['tabs', 'a\ty\n1\t2\n', {}],
    ['tabs around nothing', 'a\tid\ty\n1\t\t2\n', { drop: ['id'] }],
    ['a delimiter that is given', 'a|y\n1|2\n', { delimiter: '|' }],
  ])('%s', async (_, text, options) => {
    expect(rowsOf((await read(text, 'y', options)).inputs[0])).toEqual([[1]])
  })

  test('makes a column of texts one-hot, categories sorted', async () => {
    const dataset = await read('colour,a,y\nred,1,0\nblue,2,0\nred,3,0\ngreen,4,1\n')
    expect(dataset.columns).toEqual(['colour=blue', 'colour=green', 'colour=red', 'a'])
    expect(rowsOf(dataset.inputs[0])).toEqual([
      [0, 0, 1, 1],
      [1, 0, 0, 2],
      [0, 0, 1, 3],
      [0, 1, 0, 4],
    ])
  })

  test('numbers in a column of texts are categories too, in their shortest form', async () => {
    const dataset = await read('size,y\n2.0,0\nsmall,0\n2,0\nlarge,0\nlarge,0\n')
    expect(dataset.columns).toEqual(['size=2', 'size=large', 'size=small'])
    expect(rowsOf(dataset.inputs[0])).toEqual([
      [1, 0, 0],
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
    ])
  })

  test('a column declared categorical keeps its texts, sorted by value', async () => {
    const dataset = await read('zip,y\n10,0\n010,0\n9,0\n', 'y', { categorical: ['zip'] })
    expect(dataset.columns).toEqual(['zip=9', 'zip=010', 'zip=10'])
    expect(rowsOf(dataset.inputs[0])).toEqual([
      [0, 0, 1],
      [0, 1, 0],
      [1, 0, 0],
    ])
  })

  test('half numbers make a column of texts, more than half a numeric one', async () => {
    expect((await read('a,y\n1,0\nx,0\n')).columns).toEqual(['a=1', 'a=x'])
    await expect(read('a,y\n1,0\nx,0\n2,0\n')).rejects.toThrow('got "x"')
  })

  test('drops columns, whatever is in them', async () => {
    const dataset = await read('id,a,y\n,1,2\n?,3,4\n', 'y', { drop: ['id'] })
    expect(dataset.columns).toEqual(['a'])
  })

  const cell = fc.double({ noNaN: true, noDefaultInfinity: true }).map(Math.fround).filter(Number.isFinite)
  property.prop([fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 3000 })], { numRuns: 30, seed: 1 })(
    'gives back any table of float32 numbers',
    async (table) => {
      const dataset = await read(`a,y\n${table.map((row) => row.join()).join('\n')}`)
      const positive = (value: number) => value + 0
      expect(rowsOf(dataset.inputs[0]).flat().map(positive)).toEqual(table.map(([a]) => positive(a)))
      expect(rowsOf(dataset.targets[0]).flat().map(positive)).toEqual(table.map(([, y]) => positive(y)))
    },
  )

  const word = fc.string({ minLength: 1 }).filter((text) => /^[^\s\d?+.-][^\r]*$/.test(text) && text.trim() === text)
  property.prop(
    [
      fc.array(
        word.filter((text) => !['NA', 'NaN'].includes(text)),
        { minLength: 1, maxLength: 20 },
      ),
    ],
    { seed: 2 },
  )('gives back any column of texts', async (words) => {
    const quoted = words.map((text) => `"${text.replaceAll('"', '""')}",1`)
    const dataset = await read(`a,y\n${quoted.join('\n')}\n`, 'y', { categorical: ['a'] })
    const names = rowsOf(dataset.inputs[0]).map((row) => dataset.columns?.[row.indexOf(1)])
    expect(names).toEqual(words.map((text) => `a=${text}`))
  })
})

describe('the target', () => {
  test('of texts is a class, classes sorted', async () => {
    const dataset = await read('a,y\n1,M\n2,B\n3,M\n')
    expect(dataset.task).toEqual({ kind: 'classification', classes: ['B', 'M'] })
    expect(rowsOf(dataset.targets[0])).toEqual([[1], [0], [1]])
  })

  test('of booleans is a class', async () => {
    const dataset = await read('a,y\n1,true\n2,false\n')
    expect(dataset.task).toEqual({ kind: 'classification', classes: ['false', 'true'] })
    expect(rowsOf(dataset.targets[0])).toEqual([[1], [0]])
  })

  test('of numbers is a class where the task says so, sorted by value', async () => {
    const dataset = await read('a,y\n1,10\n2,9\n3,10.0\n4,-1\n', 'y', { task: 'classification' })
    expect(dataset.task).toEqual({ kind: 'classification', classes: ['-1', '9', '10'] })
    expect(rowsOf(dataset.targets[0])).toEqual([[2], [1], [2], [0]])
  })

  test('of texts is an error where the task is regression', async () => {
    await expect(read('a,y\n1,low\n2,high\n', 'y', { task: 'regression' })).rejects.toMatchObject({
      code: 'data/bad-cell',
      message: expect.stringContaining('row 1 (line 2), column "y": expected a number, got "low"'),
    })
  })

  test('of one class is an error', async () => {
    await expect(read('a,y\n1,M\n2,M\n')).rejects.toMatchObject({
      code: 'data/bad-format',
      message: expect.stringContaining('a single class, "M"'),
    })
  })
})

test('100,000 rows of 30 columns take about 1.5 s of processor time, not ten', async () => {
  const lines = Array.from({ length: 100_000 }, (_, row) =>
    Array.from({ length: 30 }, (_, column) =>
      column === 7 ? 'abc'[row % 3] : ((row * 31 + column) % 1009) / 8,
    ).join(),
  )
  const path = fileWith(`${Array.from({ length: 30 }, (_, column) => `c${column}`).join()}\n${lines.join('\n')}\n`)
  const start = process.cpuUsage()
  const dataset = await csv(path, { target: 'c0' })
  const { user, system } = process.cpuUsage(start)
  expect((user + system) / 1e6).toBeLessThan(8)
  expect([dataset.rows, dataset.columns?.length]).toEqual([100_000, 31])
})
