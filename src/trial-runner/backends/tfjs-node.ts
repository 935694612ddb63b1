import type { Backend } from './backend.ts'
import { findTfjsNode } from './find-tfjs-node.ts'
import { loadTfjsNode, tfjsNodeVersion } from './load-tfjs-node.ts'
import { tensorflowEnvironment } from './tensorflow-environment.ts'

/** TensorFlow's own kernels on the processor. */
export const tfjsNode: Backend = {
  name: 'tfjs-node',
  isolation: 'process',
  async probe() {
    const found = findTfjsNode('tfjs-node')
    return 'reason' in found ? found : true
  },
  version: async () => tfjsNodeVersion('tfjs-node'),
  async load() {
    await loadTfjsNode('tfjs-node')
  },
  environment: tensorflowEnvironment,
}
