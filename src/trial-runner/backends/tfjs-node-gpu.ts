import { TunerError } from '../../core/errors.ts'
import type { Backend } from './backend.ts'
import { findTfjsNode } from './find-tfjs-node.ts'
import { loadTfjsNode, tfjsNodeVersion } from './load-tfjs-node.ts'
import { deviceMemory, gpuShare, hasNvidiaDriver } from './nvidia.ts'
import { tensorflowEnvironment } from './tensorflow-environment.ts'
import { whyNoGpu } from './why-no-gpu.ts'

/** TensorFlow on NVIDIA GPUs. Never its processor kernels in their place. */
export const tfjsNodeGpu: Backend = {
  name: 'tfjs-node-gpu',
  isolation: 'process',
  async probe() {
    const found = findTfjsNode('tfjs-node-gpu')
    if ('reason' in found) return found
    return hasNvidiaDriver() || { reason: await whyNoGpu(), remedy: NO_GPU }
  },
  version: async () => tfjsNodeVersion('tfjs-node-gpu'),
  async load() {
    const { isUsingGpuDevice } = await loadTfjsNode('tfjs-node-gpu')
    if (isUsingGpuDevice) return
    throw new TunerError('engine/backend-unavailable', `tfjs-node-gpu has no GPU here: ${await whyNoGpu()}.`, {
      hint: NO_GPU,
    })
  },
  devices: () => deviceMemory(),
  environment: (worker) => ({
    ...tensorflowEnvironment(),
    TF_FORCE_GPU_ALLOW_GROWTH: process.env.TF_FORCE_GPU_ALLOW_GROWTH ?? 'true',
    ...(worker === undefined ? {} : gpuShare(worker)),
  }),
}

const NO_GPU =
  'Install the driver of the GPU and see that nvidia-smi lists it, or choose another backend, for example --backend tfjs-node.'
