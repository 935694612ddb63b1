import { fileURLToPath } from 'node:url'
import { cpu } from '../../../src/trial-runner/backends/cpu.ts'
import { tfjsNode } from '../../../src/trial-runner/backends/tfjs-node.ts'
import { tfjsNodeGpu } from '../../../src/trial-runner/backends/tfjs-node-gpu.ts'
import { wasm } from '../../../src/trial-runner/backends/wasm.ts'
import { webgpu } from '../../../src/trial-runner/backends/webgpu.ts'
import { backendContract } from '../../contracts/backend.ts'

// As on a machine where nothing is set up: what native backends do then is part of the contract too.
process.env.TUNE_NATIVE_DIR = fileURLToPath(new URL('./nothing-is-set-up', import.meta.url))

for (const backend of [wasm, cpu, webgpu, tfjsNode, tfjsNodeGpu]) backendContract(backend)
