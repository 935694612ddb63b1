import { loadTfjs } from '../engines/tfjs/tfjs.ts'
import { activate } from './activate.ts'
import type { Backend } from './backend.ts'
import { repairCpuTraining } from './cpu-training.ts'

const load = () => loadTfjs('@tensorflow/tfjs-backend-cpu') as typeof import('@tensorflow/tfjs-backend-cpu')

/** Plain JavaScript: slow, always there. */
export const cpu: Backend = {
  name: 'cpu',
  isolation: 'thread',
  probe: async () => true,
  version: async () => load().version_cpu,
  async load() {
    load()
    await activate('cpu')
    repairCpuTraining()
  },
}
