import { expect, test } from 'vitest'
import { epochOrder } from '../../src/training/epoch-order.ts'

const rows = Int32Array.from({ length: 50 }, (_, i) => 3 * i)

test('an epoch has every row once, in an order of its own', () => {
  const first = epochOrder('seed/trial/0/fold/0', 1, rows, true)
  expect([...first].sort((a, b) => a - b)).toEqual([...rows])
  expect(first).not.toEqual(rows)
  expect(epochOrder('seed/trial/0/fold/0', 2, rows, true)).not.toEqual(first)
  expect(epochOrder('seed/trial/0/fold/1', 1, rows, true)).not.toEqual(first)
})

test('the order of an epoch does not depend on earlier calls', () => {
  const alone = epochOrder('s', 9, rows, true)
  for (let epoch = 1; epoch < 9; epoch++) epochOrder('s', epoch, rows, true)
  expect(epochOrder('s', 9, rows, true)).toEqual(alone)
})

test('without shuffling rows keep their order, in a copy', () => {
  const order = epochOrder('s', 1, rows, false)
  expect(order).toEqual(rows)
  expect(order).not.toBe(rows)
})
