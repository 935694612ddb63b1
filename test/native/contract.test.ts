import { selectBackend } from '../../src/trial-runner/backends/registry.ts'
import { TfjsEngine } from '../../src/trial-runner/engines/tfjs/engine.ts'
import { engineContract } from '../contracts/engine.ts'

engineContract('tfjs on tfjs-node', async () => {
  await (await selectBackend('tfjs-node')).load()
  return new TfjsEngine('tfjs-node')
})
