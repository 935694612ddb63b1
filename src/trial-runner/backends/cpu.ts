import { activate } from './activate.ts'
import type { Backend } from './backend.ts'
import { repairCpuTraining } from './cpu-training.ts'

/** Plain JavaScript: slow, always there. */
export const cpu: Backend = {
  name: 'cpu',
  isolation: 'thread',
  probe: async () => true,
  version: async () => (await import('@tensorflow/tfjs-backend-cpu')).version_cpu,
  async load() {
    await import('@tensorflow/tfjs-backend-cpu')
    await activate('cpu')
    repairCpuTraining()
  },
}
