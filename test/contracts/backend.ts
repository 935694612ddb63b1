import * as core from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { TunerError } from '../../src/core/errors.ts'
import type { Backend } from '../../src/trial-runner/backends/backend.ts'
import { cpu } from '../../src/trial-runner/backends/cpu.ts'
import { TfjsEngine } from '../../src/trial-runner/engines/tfjs/engine.ts'
import { images, type Network, sequences, table } from './networks.ts'
import { distance, lossesOf, reference, trained } from './training.ts'

export interface BackendTraits {
  /** The name that it has inside tfjs. Default: its own. */
  readonly registered?: string
  /** How far its numbers may be from those of tfjs's plain JavaScript. Default 1e-4. */
  readonly tolerance?: number
}

type Rule = (backend: Backend, traits: BackendTraits) => Promise<void>

/** What every backend must do, each rule by itself so that broken backends can be shown to fail it. */
export const backendRules = {
  'says that it can be used, or why not': async (backend) => {
    const answer = await backend.probe()
    if (answer === true) return
    expect(answer.reason).toMatch(/\S[^.]$/)
    if (answer.remedy !== undefined) expect(answer.remedy).toMatch(/^[A-Z].+/)
  },

  'becomes the one that tfjs uses, again and again, or throws and changes nothing': async (backend, traits) => {
    const { registered = backend.name } = traits
    for (let time = 0; time < 2; time++) {
      await cpu.load()
      const usable = await backend.probe()
      if (usable === true) {
        await backend.load()
        expect(core.getBackend()).toBe(registered)
      } else {
        const error = await backend.load().catch((thrown: unknown) => thrown)
        expect(error).toBeInstanceOf(TunerError)
        expect(error).toMatchObject({ code: 'engine/backend-unavailable' })
        expect((error as TunerError).message).toContain(backend.name)
        expect(core.getBackend()).toBe('cpu')
      }
    }
  },

  'computes there': async (backend, traits) => {
    const { registered = backend.name } = traits
    await backend.load()
    const there = core.findBackend(registered) as core.KernelBackend
    const before = there.numDataIds()
    const kept = core.tidy(() => core.keep(core.matMul(core.ones([3, 4]), core.fill([4, 2], 0.5))))
    expect(there.numDataIds()).toBe(before + 1)
    expect(Array.from(await kept.data())).toEqual(Array(6).fill(2))
    kept.dispose()
  },

  'says its version in a line, if at all': async (backend) => {
    expect((await backend.version?.()) ?? '4').toMatch(/^\d[^\n]*$/)
  },

  'trains a dense network as plain JavaScript does, to a smaller loss': (backend, traits) =>
    expectTraining(backend, traits, table),

  'trains a convolutional network as plain JavaScript does, to a smaller loss': (backend, traits) =>
    expectTraining(backend, traits, images),

  'trains a recurrent network as plain JavaScript does, to a smaller loss': (backend, traits) =>
    expectTraining(backend, traits, sequences),
} satisfies Record<string, Rule>

async function expectTraining(backend: Backend, { tolerance = 1e-4 }: BackendTraits, network: Network): Promise<void> {
  const job = { epochs: { from: 0, to: 2 }, shuffle: false }
  const expected = await reference(network, job)
  await backend.load()
  const found = await trained(new TfjsEngine(backend.name), network, job)
  const [first, last] = found.curve.map(({ loss = Number.NaN }) => loss)
  expect(last).toBeLessThan(first ?? Number.NaN)
  expect(distance(lossesOf(found), lossesOf(expected))).toBeLessThan(tolerance)
  expect(distance(found.weights, expected.weights)).toBeLessThan(tolerance)
}

/** Rules about what a backend that cannot be used here does as well. */
const FOR_ALL: readonly string[] = [
  'says that it can be used, or why not',
  'becomes the one that tfjs uses, again and again, or throws and changes nothing',
  'says its version in a line, if at all',
]

/** The suite that every backend passes. Where it cannot be used, rules about its work are skipped, with the reason. */
export function backendContract(backend: Backend, traits: BackendTraits = {}): void {
  describe(`${backend.name}: contract of backends`, () => {
    for (const [rule, check] of Object.entries<Rule>(backendRules)) {
      it(rule, async ({ skip }) => {
        const usable = await backend.probe()
        if (usable !== true && !FOR_ALL.includes(rule)) skip(usable.reason)
        await check(backend, traits)
      })
    }
  })
}
