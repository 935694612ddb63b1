import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes data of an example's format, small, into a folder; returns what to name with --data. */
export type WriteData = (folder: string) => string

const ROWS = 40

function fraction(row: number, column: number): number {
  return Math.abs(Math.sin(row * 1.7 + column * 0.9))
}

function write(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function table(names: readonly string[], cellsOf: (row: number) => readonly (string | number)[]): string {
  return [names, ...Array.from({ length: ROWS }, (_, row) => cellsOf(row))].map((cells) => cells.join(',')).join('\n')
}

export const houses: WriteData = (folder) => {
  const names = ['crim', 'rm', 'lstat', 'medv']
  return write(
    folder,
    'houses.csv',
    table(names, (row) => names.map((_, column) => fraction(row, column))),
  )
}

export const tumours: WriteData = (folder) => {
  const names = ['id', 'diagnosis', 'radius_mean', 'texture_mean']
  const cells = (row: number) => [row, row % 2 === 0 ? 'B' : 'M', fraction(row, row % 2), fraction(row, 2)]
  return write(folder, 'tumours.csv', table(names, cells))
}

function idxFile(extents: readonly number[], byteAt: (index: number) => number): Buffer {
  const header = Buffer.from([
    0,
    0,
    8,
    extents.length,
    ...extents.flatMap((extent) => [0, 0, extent >> 8, extent & 255]),
  ])
  const size = extents.reduce((product, extent) => product * extent, 1)
  return Buffer.concat([header, Uint8Array.from({ length: size }, (_, index) => byteAt(index))])
}

export const digits: WriteData = (folder) => {
  const path = join(folder, 'digits')
  mkdirSync(path)
  write(
    path,
    'train-images-idx3-ubyte',
    idxFile([ROWS, 28, 28], (i) => 255 * fraction(i, 0)),
  )
  write(
    path,
    'train-labels-idx1-ubyte',
    idxFile([ROWS], (i) => i % 10),
  )
  return path
}

export const photographs: WriteData = (folder) => {
  const path = join(folder, 'cifar-10-batches-bin')
  mkdirSync(path)
  for (const batch of [1, 2]) {
    const bytes = Uint8Array.from({ length: (ROWS / 2) * 3073 }, (_, i) => (i % 3073 === 0 ? i % 10 : i % 251))
    write(path, `data_batch_${batch}.bin`, bytes)
  }
  return path
}

export const reviews: WriteData = (folder) => {
  const lines = Array.from({ length: ROWS }, (_, row) => `${row % 2 === 0 ? 9 : 2} ${row % 2}:3 ${2 + row}:1 20000:1`)
  return write(folder, 'labeledBow.feat', `${lines.join('\n')}\n`)
}
