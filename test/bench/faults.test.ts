import { expect, test } from 'vitest'
import { run } from '../../bench/faults.ts'

test('a short campaign of faults loses nothing, doubles nothing, changes nothing and leaves nothing', async () => {
  const { rows } = await run({ quick: true })
  const counts = Object.fromEntries(rows.map(({ what, value }) => [what, value]))
  expect(counts).toMatchObject({
    trials: 40,
    lost: 0,
    doubled: 0,
    'causes-wrong': 0,
    'survivors-changed': 0,
    'processes-left': 0,
  })
  // The seed is one under which enough happens for this to say something.
  expect(counts.failed).toBeGreaterThan(4)
  expect(counts['made-good']).toBeGreaterThan(2)
  expect(counts.diverged).toBeGreaterThan(0)
}, 300_000)
