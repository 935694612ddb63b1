import type { KernelFunc, Tensor } from '@tensorflow/tfjs-core'
import { core } from '../../engines/tfjs/tfjs.ts'

/** Gives a backend kernels, in place of those that it may have under their names. */
export function provideKernels(backendName: string, kernels: Readonly<Record<string, KernelFunc>>): void {
  for (const [kernelName, kernelFunc] of Object.entries(kernels)) {
    if (core.getKernel(kernelName, backendName) !== undefined) core.unregisterKernel(kernelName, backendName)
    core.registerKernel({ kernelName, backendName, kernelFunc })
  }
}

/** A kernel made of operations: what they leave on the way is freed. */
export function composed<Inputs, Attributes>(compute: (inputs: Inputs, attributes: Attributes) => Tensor): KernelFunc {
  return ({ inputs, attrs }) => core.tidy(() => compute(inputs as Inputs, attrs as Attributes))
}
