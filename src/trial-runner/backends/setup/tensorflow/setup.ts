import { join } from 'node:path'
import { TunerError } from '../../../../core/errors.ts'
import { proveBackend } from '../prove-backend.ts'
import type { Setup, SetupOptions, SetupStep, StepWork, Tool } from '../setup.ts'
import { compiledAddon } from './addon.ts'
import { installedTensorflow } from './installed.ts'
import { tfjsNodePackage } from './package.ts'
import { cuda, tensorflowCpu, tensorflowGpu } from './versions.ts'
import { pythonWithPip, type WheelFiles, wheelFiles } from './wheel.ts'

export const tfjsNode = tensorflowSetup('tfjs-node', 'TensorFlow on the processor, through tfjs-node', [tensorflowCpu])

export const tfjsNodeGpu = tensorflowSetup('tfjs-node-gpu', 'TensorFlow on NVIDIA GPUs, through tfjs-node-gpu', [
  tensorflowGpu,
  ...cuda,
])

function tensorflowSetup(name: string, summary: string, wheels: readonly WheelFiles[]): Setup {
  return {
    name,
    summary,
    async steps(options) {
      requireLinux(name)
      const packageName = `@tensorflow/${name}`
      return [tfjsNodePackage(packageName), ...(await libraries(wheels, options)), compiledAddon(packageName)]
    },
    prove: (root, signal) => proveBackend(name, root, signal),
  }
}

async function libraries(wheels: readonly WheelFiles[], { tensorflow, python }: SetupOptions): Promise<SetupStep[]> {
  if (tensorflow !== undefined) return installedTensorflow(tensorflow)
  const pip = pythonWithPip(python)
  return wheels.map((files) =>
    files.folder === 'tensorflow' ? wheelFiles(files, pip, [strip], stripLibraries) : wheelFiles(files, pip),
  )
}

const strip: Tool = {
  name: 'strip',
  candidates: [['strip', '--version']],
  remedy: 'Install it (Debian and Ubuntu: apt install binutils).',
}

/** A quarter of the libraries is symbols for debuggers. */
async function stripLibraries({ target, tool, run }: StepWork): Promise<void> {
  for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) {
    await run(tool(strip), ['--strip-unneeded', join(target, name)])
  }
}

/** TensorFlow's wheels for other systems have their libraries elsewhere, under other names. */
function requireLinux(name: string): void {
  if (process.platform === 'linux') return
  throw new TunerError('setup/unsupported', `${name} can be set up on Linux only; this is ${process.platform}.`, {
    hint: 'Train on the simd engine or with --backend wasm; both need no setup.',
  })
}
