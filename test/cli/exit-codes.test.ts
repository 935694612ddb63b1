import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { exitCodeOf } from '../../src/cli/exit-codes.ts'
import { type ErrorCode, TunerError } from '../../src/core/errors.ts'

const source = readFileSync(new URL('../../src/core/errors.ts', import.meta.url), 'utf8')
const codes = [...source.matchAll(/^ {2}\| '([a-z-]+\/[a-z-]+)'$/gm)].map(([, code]) => code as ErrorCode)

test('every code has an exit code of its room', () => {
  expect(codes.length).toBeGreaterThan(40)
  const unnamed = codes.filter((code) => [0, 1, 13].includes(exitCodeOf(new TunerError(code, ''))))
  expect(unnamed).toEqual([])
  const ofRooms = new Map(codes.map((code) => [code.split('/')[0], exitCodeOf(new TunerError(code, ''))]))
  expect(new Set([...ofRooms.values()]).size).toBe(ofRooms.size)
})

test('an interruption is 130, an error without a code 1', () => {
  expect(exitCodeOf(new TunerError('study/interrupted', ''))).toBe(130)
  expect(exitCodeOf(new TunerError('study/unknown', ''))).toBe(3)
  expect(exitCodeOf(new TypeError('ours'))).toBe(1)
  expect(exitCodeOf('thrown text')).toBe(1)
})
