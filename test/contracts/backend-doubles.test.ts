import * as core from '@tensorflow/tfjs-core'
import { afterEach, describe, expect, it } from 'vitest'
import type { Backend } from '../../src/trial-runner/backends/backend.ts'
import { cpu } from '../../src/trial-runner/backends/cpu.ts'
import { provideKernels } from '../../src/trial-runner/backends/kernels/provide.ts'
import { wasm } from '../../src/trial-runner/backends/wasm.ts'
import { type BackendTraits, backendRules } from './backend.ts'

const missing: Backend = { ...wasm, probe: async () => ({ reason: 'it is not here' }) }

const undo: (() => void)[] = []
afterEach(() => {
  for (const one of undo.splice(0)) one()
})

/** Wasm, one of whose kernels gives the opposite of what it should. */
function withOpposite(kernelName: string): Backend {
  return {
    ...wasm,
    async load() {
      await wasm.load()
      const { kernelFunc } = core.getKernel(kernelName, 'wasm')
      undo.unshift(() => provideKernels('wasm', { [kernelName]: kernelFunc }))
      provideKernels('wasm', {
        [kernelName]: (call) =>
          core.tidy(() => core.neg(core.engine().makeTensorFromTensorInfo(kernelFunc(call) as core.TensorInfo))),
      })
    },
  }
}

/** Each broken in one way; what a broken one fails. */
const doubles: { readonly [rule in keyof typeof backendRules]: Backend } = {
  'says that it can be used, or why not': { ...missing, probe: async () => ({ reason: '' }) },
  'becomes the one that tfjs uses, again and again, or throws and changes nothing': {
    ...wasm,
    load: () => cpu.load(),
  },
  'computes there': { ...wasm, load: () => cpu.load() },
  'says its version in a line, if at all': { ...wasm, version: async () => 'no number' },
  'trains a dense network as plain JavaScript does, to a smaller loss': withOpposite('Step'),
  'trains a convolutional network as plain JavaScript does, to a smaller loss': withOpposite('MaxPoolGrad'),
  'trains a recurrent network as plain JavaScript does, to a smaller loss': withOpposite('Tanh'),
}

describe('broken backends', () => {
  it.each(Object.entries(doubles))('fail the rule: %s', async (rule, broken) => {
    const check = backendRules[rule as keyof typeof backendRules] as (
      backend: Backend,
      traits: BackendTraits,
    ) => Promise<void>
    await check(wasm, {})
    await expect(check(broken, {})).rejects.toThrow()
  })

  it('that are missing may not put another one in their place', async () => {
    const rule = 'becomes the one that tfjs uses, again and again, or throws and changes nothing'
    await expect(backendRules[rule]({ ...missing, load: () => wasm.load() }, {})).rejects.toThrow()
  })
})
