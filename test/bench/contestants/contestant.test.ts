import { afterEach, describe, expect, it } from 'vitest'
import { Contestant } from '../../../bench/contestants/contestant.ts'

const started: Contestant[] = []

async function start(script: string, env: Record<string, string> = {}): Promise<Contestant> {
  const contestant = await Contestant.start([process.execPath, '-e', script], env)
  started.push(contestant)
  return contestant
}

afterEach(() => {
  for (const contestant of started.splice(0)) contestant.stop()
})

describe('Contestant', () => {
  it('says its versions, and measures as often as it is asked to', async () => {
    const contestant = await start(
      `
      console.log('a library says hello')
      console.log(JSON.stringify({ versions: { counter: '1.0' } }))
      let rounds = 0
      process.stdin.on('data', () => console.log(JSON.stringify({ gflops: Number(process.env.FIRST) + rounds++ })))
    `,
      { FIRST: '5' },
    )
    expect(contestant.versions).toEqual({ counter: '1.0' })
    expect(await contestant.measure()).toEqual({ gflops: 5 })
    expect(await contestant.measure()).toEqual({ gflops: 6 })
  })

  it('rejects with the error of a process that does not get ready', async () => {
    await expect(start(`throw new RangeError('too many layers')`)).rejects.toThrow('RangeError: too many layers')
  })

  it('rejects with the error of a process that ends in a round', async () => {
    const contestant = await start(`
      console.log('{}')
      process.stdin.on('data', () => { throw new Error('no more') })
    `)
    await expect(contestant.measure()).rejects.toThrow('Error: no more')
  })

  it('rejects where there is no such program', async () => {
    await expect(Contestant.start(['/no/such/program'])).rejects.toThrow('ENOENT')
  })
})
