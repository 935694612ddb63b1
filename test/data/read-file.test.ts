import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { csv } from '../../src/data/csv.ts'
import { readDataFile } from '../../src/data/read-file.ts'
import { fileWith } from './files.ts'

test('a gzipped table is read as the table', async () => {
  const text = 'a,y\n1,2\n3,4\n'
  const [plain, packed] = await Promise.all(
    [fileWith(text), fileWith(gzipSync(text))].map((path) => csv(path, { target: 'y' })),
  )
  expect(packed).toEqual({ ...plain, files: packed?.files })
})

test('a file in several gzip parts is read whole', async () => {
  const { bytes } = await readDataFile(fileWith(Buffer.concat([gzipSync('one, '), gzipSync('two')])))
  expect(bytes.toString()).toBe('one, two')
})
