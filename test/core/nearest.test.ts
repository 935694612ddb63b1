import { describe, expect, test } from 'vitest'
import { nearest } from '../../src/core/nearest.ts'

const names = ['medv', 'crim', 'nox', 'ptratio', 'lstat']

describe('nearest', () => {
  test.each([
    ['mdev', 'medv'],
    ['MEDV', 'medv'],
    ['ptration', 'ptratio'],
    ['pt_ratio', 'ptratio'],
    ['lsat', 'lstat'],
    ['no', 'nox'],
  ])('%s -> %s', (name, expected) => {
    expect(nearest(name, names)).toBe(expected)
  })

  test('suggests nothing where nothing is near', () => {
    expect(nearest('price', names)).toBeUndefined()
    expect(nearest('x', [])).toBeUndefined()
  })

  test('takes the nearest, and of equally near ones the first', () => {
    expect(nearest('run', ['ran', 'rung', 'run!', 'runs'])).toBe('ran')
    expect(nearest('epochs', ['epoch', 'epochs'])).toBe('epochs')
  })
})
