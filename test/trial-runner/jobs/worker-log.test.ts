import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { WorkerLog } from '../../../src/trial-runner/jobs/worker-log.ts'

test('nothing was printed', () => {
  expect(new WorkerLog().tail()).toBe('')
})

property.prop([fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { maxLength: 120 })])(
  'the last 40 lines and 4 KB at most, whole, as another thread sees them',
  (lines) => {
    const log = new WorkerLog()
    const plain = lines.map((line) => line.replaceAll(/\s/g, '_'))
    for (const line of plain) log.append(`${line}\n`)
    const tail = new WorkerLog(log.memory).tail()
    const all = plain.join('\n').trimEnd()
    expect(all.endsWith(tail)).toBe(true)
    expect(Buffer.byteLength(tail)).toBeLessThanOrEqual(4096)
    expect(tail.split('\n').length).toBeLessThanOrEqual(40)
    if (Buffer.byteLength(all) < 4096) expect(tail).toBe(all.split('\n').slice(-40).join('\n'))
    else expect(Buffer.byteLength(tail) > 3000 || tail.split('\n').length === 40).toBe(true)
  },
)

test('a piece longer than all that is kept leaves its end', () => {
  const log = new WorkerLog()
  log.append('before\n')
  log.append(`${'x'.repeat(10_000)}\nthe end\n`)
  log.append('after\n')
  expect(log.tail().split('\n').slice(-2)).toEqual(['the end', 'after'])
})
