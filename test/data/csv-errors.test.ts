import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { type CsvOptions, csv } from '../../src/data/csv.ts'
import { fileWith } from './files.ts'

interface Case {
  readonly name: string
  readonly text: string
  readonly options?: Partial<CsvOptions>
  readonly code: string
  readonly message: string
  readonly hint?: string
}

const missing = (cell: string): Case => ({
  name: `a missing cell, ${cell === '' ? 'empty' : cell}`,
  text: `a,b,y\n1,2,3\n4,${cell},6\n`,
  code: 'data/bad-cell',
  message: 'row 2 (line 3), column "b": the cell is ',
  hint: "drop: ['b']",
})

const cases: readonly Case[] = [
  ...['', ' ', 'NA', '?', 'NaN'].map(missing),
  {
    name: 'several missing cells: the first one and how many more',
    text: 'a,b,y\n1,x,3\n4,,6\n7,NA,8\n7,?,8\n',
    code: 'data/bad-cell',
    message: 'row 2 (line 3), column "b": the cell is empty; so are 2 others of this column.',
  },
  {
    name: 'a missing cell of the target',
    text: 'a,y\n1,A\n4,B\n7,\n',
    code: 'data/bad-cell',
    message: 'row 3 (line 4), column "y": the cell is empty.',
    hint: 'Fill in a value or delete the row.',
  },
  {
    name: 'a text in a mostly numeric target',
    text: 'a,y\n1,1\n4,two\n7,3\n',
    code: 'data/bad-cell',
    message: 'row 2 (line 3), column "y": expected a number, got "two".',
    hint: "task: 'classification'",
  },
  {
    name: 'a text in a numeric column',
    text: 'a,b,y\n1,2,3\n4,n/a,6\n7,8,9\n',
    code: 'data/bad-cell',
    message: 'row 2 (line 3), column "b": expected a number, got "n/a".',
    hint: "categorical: ['b']",
  },
  {
    name: 'a text in the first row of a mostly numeric column',
    text: 'a,y\nx,3\n4,6\n7,9\n',
    code: 'data/bad-cell',
    message: 'row 1 (line 2), column "a": expected a number, got "x".',
  },
  {
    name: 'the earliest of several bad cells, lines counted through quotes and blank lines',
    text: 'a,name,b,y\r\n1,"two\r\nlines",1,0\r\n\r\n2,x,bad,0\r\n3,x,3,0\r\nbad,x,4,0\r\n',
    code: 'data/bad-cell',
    message: 'row 2 (line 5), column "b": expected a number, got "bad".',
  },
  ...['0x10', 'Infinity', '1e39', '1,5'].map((cell) => ({
    name: `no float32 number: ${cell}`,
    text: `a,y\n1,3\n"${cell}",6\n7,9\n`,
    code: 'data/bad-cell',
    message: `row 2 (line 3), column "a": expected a number, got "${cell}".`,
  })),
  {
    name: 'no column of the target, one spelled alike',
    text: 'crim,medv\n1,2\n',
    options: { target: 'mdev' },
    code: 'data/target-missing',
    message: 'has no column "mdev" to predict; its columns are crim, medv.',
    hint: 'Did you mean "medv"?',
  },
  {
    name: 'no column of the target, none alike',
    text: 'crim,medv\n1,2\n',
    options: { target: 'price' },
    code: 'data/target-missing',
    message: 'has no column "price" to predict; its columns are crim, medv.',
    hint: 'first line',
  },
  {
    name: 'a target that is dropped',
    text: 'a,y\n1,2\n',
    options: { drop: ['y'] },
    code: 'data/target-missing',
    message: 'The target column "y" is also in drop.',
  },
  {
    name: 'a column to drop that is not there',
    text: 'ident,y\n1,2\n',
    options: { drop: ['idnt'] },
    code: 'data/column-missing',
    message: 'has no column "idnt"; its columns are ident, y.',
    hint: 'Did you mean "ident"?',
  },
  {
    name: 'a categorical column that is not there',
    text: 'a,y\n1,2\n',
    options: { categorical: ['colour'] },
    code: 'data/column-missing',
    message: 'has no column "colour"',
  },
  {
    name: 'no column left',
    text: 'a,y\n1,2\n',
    options: { drop: ['a'] },
    code: 'data/column-missing',
    message: 'no column is left to predict "y" from',
  },
  { name: 'an empty file', text: '', code: 'data/no-rows', message: 'is empty' },
  { name: 'a header alone', text: 'a,y\n', code: 'data/no-rows', message: 'has a header and no rows' },
  {
    name: 'a short row',
    text: 'a,b,y\n1,2,3\n4,5\n',
    code: 'data/bad-format',
    message: 'row 2 (line 3): expected 3 cells as in the header, got 2.',
  },
  {
    name: 'a long row',
    text: 'a,b,y\n1,2,3,4\n',
    code: 'data/bad-format',
    message: 'row 1 (line 2): expected 3 cells as in the header, got 4.',
  },
  {
    name: 'a name twice in the header',
    text: 'a,b, a,y\n1,2,3,4\n',
    code: 'data/bad-format',
    message: 'the header names "a" twice, in columns 1 and 3.',
  },
  {
    name: 'a column without a name',
    text: ',a,y\n0,1,2\n',
    code: 'data/bad-format',
    message: 'column 1 has no name in the header',
    hint: 'index=False',
  },
  {
    name: 'a quote that is not closed',
    text: 'a,y\n"1,2\n',
    code: 'data/bad-format',
    message: 'cannot be read as CSV: Quote Not Closed',
  },
  {
    name: 'a text column with more categories than make sense',
    text: `a,y\n${Array.from({ length: 1001 }, (_, row) => `name ${row},1`).join('\n')}\n`,
    code: 'data/bad-format',
    message: 'column "a" holds 1001 different texts',
    hint: "drop: ['a']",
  },
]

test.each(cases)('$name', async ({ text, options, code, message, hint }) => {
  await expect(csv(fileWith(text), { target: 'y', ...options })).rejects.toMatchObject({
    name: 'TunerError',
    code,
    message: expect.stringContaining(message),
    ...(hint === undefined ? {} : { hint: expect.stringContaining(hint) }),
  })
})

test('no path at all', async () => {
  await expect(csv(undefined, { target: 'y' })).rejects.toMatchObject({
    code: 'data/file-missing',
    hint: 'Pass --data <file> or set TUNE_DATA.',
  })
})

test('a path without a file', async () => {
  await expect(csv('nowhere/none.csv', { target: 'y' })).rejects.toMatchObject({
    code: 'data/file-missing',
    message: expect.stringMatching(/[\\/]nowhere[\\/]none\.csv does not exist\.$/),
  })
})

test('a folder', async () => {
  await expect(csv(tmpdir(), { target: 'y' })).rejects.toMatchObject({
    code: 'data/file-missing',
    message: expect.stringContaining('is a folder'),
  })
})
