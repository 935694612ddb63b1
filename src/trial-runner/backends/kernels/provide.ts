import * as core from '@tensorflow/tfjs-core'

/** Gives a backend kernels, in place of those that it may have under their names. */
export function provideKernels(backendName: string, kernels: Readonly<Record<string, core.KernelFunc>>): void {
  for (const [kernelName, kernelFunc] of Object.entries(kernels)) {
    if (core.getKernel(kernelName, backendName) !== undefined) core.unregisterKernel(kernelName, backendName)
    core.registerKernel({ kernelName, backendName, kernelFunc })
  }
}

/** A kernel made of operations: what they leave on the way is freed. */
export function composed<Inputs, Attributes>(
  compute: (inputs: Inputs, attributes: Attributes) => core.Tensor,
): core.KernelFunc {
  return ({ inputs, attrs }) => core.tidy(() => compute(inputs as Inputs, attrs as Attributes))
}
