import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { npmPackages } from './npm-packages.ts'
import { proveBackend } from './prove-backend.ts'
import type { Setup, SetupStep } from './setup.ts'
import { sharedTfjs } from './shared-tfjs.ts'

/** Dawn, Chrome's WebGPU, as a module for Node. */
const DAWN = '0.6.2'
const TFJS_BACKEND = '4.22.0'

export const webgpu: Setup = {
  name: 'webgpu',
  summary: "GPUs of any maker through Dawn, Chrome's WebGPU, and tfjs-backend-webgpu",
  steps: async () => [packages()],
  prove: (root, signal) => proveBackend('webgpu', root, signal),
}

function packages(): SetupStep {
  const step = npmPackages({
    title: 'The packages webgpu (Dawn) and @tensorflow/tfjs-backend-webgpu',
    packages: { webgpu: DAWN, '@tensorflow/tfjs-backend-webgpu': TFJS_BACKEND },
    replaced: {
      '@tensorflow/tfjs-core': { 'index.js': sharedTfjs('webgpu') },
      // Declared as a dependency and built into the bundle that Node loads.
      '@tensorflow/tfjs-backend-cpu': { 'index.js': '' },
    },
    bytes: 155e6,
  })
  return {
    ...step,
    bytes: { working: step.bytes.working, kept: 45e6 },
    async run(work) {
      await step.run(work)
      await removeOtherPlatforms(join(work.target, 'node_modules', 'webgpu', 'dist'))
    },
  }
}

/** The package has a build for every platform; one is used. */
async function removeOtherPlatforms(builds: string): Promise<void> {
  for (const build of await readdir(builds)) {
    if (!build.startsWith(`${process.platform}-`)) await rm(join(builds, build), { recursive: true })
  }
}
