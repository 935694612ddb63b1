import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { TunerError } from '../../core/errors.ts'
import { activate } from './activate.ts'
import type { Backend } from './backend.ts'
import { findWebgpu } from './find-webgpu.ts'
import { shareTfjs } from './share-tfjs.ts'

/** What of WebGPU is used here. */
interface Adapter {
  readonly info: { readonly description: string; readonly device: string; readonly isFallbackAdapter?: boolean }
}

interface Gpu {
  requestAdapter(options: { powerPreference: string }): Promise<Adapter | null>
}

/** npm's `webgpu`. */
interface Dawn {
  create(options: readonly string[]): Gpu
  /** The classes and constants that a browser has as globals. */
  readonly globals: object
}

let adapter: string | undefined

/** GPUs of any maker, by way of Dawn. */
export const webgpu: Backend = {
  name: 'webgpu',
  // A thread that is stopped in the middle of it takes the whole process along.
  isolation: 'process',
  async probe() {
    const found = findWebgpu()
    return 'reason' in found ? found : true
  },
  async version() {
    const found = findWebgpu()
    if ('reason' in found) return undefined
    return adapter === undefined ? found.version : `${found.version}, ${adapter}`
  },
  // It does not tell how much memory there is.
  devices: async () => [Number.NaN],
  async load() {
    const found = findWebgpu()
    if ('reason' in found) throw unavailable(`cannot be used here: ${found.reason}`, found.remedy)
    if (adapter === undefined) {
      const dawn = (await import(pathToFileURL(join(found.dawn, 'index.js')).href)) as Dawn
      const gpu = dawn.create([])
      Object.assign(globalThis, dawn.globals)
      giveNavigator(gpu)
      // As tfjs will ask for it; where it gets none, tfjs would go on with another backend.
      const granted = await gpu.requestAdapter({ powerPreference: 'high-performance' })
      if (granted === null) throw unavailable('found no GPU', NO_ADAPTER)
      shareTfjs()
      createRequire(import.meta.url)(found.backend)
      adapter = describe(granted)
    }
    await activate('webgpu')
  },
}

const NO_ADAPTER =
  'Install the driver of the GPU with its Vulkan part (vulkaninfo --summary lists what is there), or choose another backend.'

/** Node has had a navigator since 21. */
function giveNavigator(gpu: Gpu): void {
  const holder = globalThis as { navigator?: object }
  if (holder.navigator === undefined) Object.defineProperty(holder, 'navigator', { value: {}, configurable: true })
  Object.defineProperty(holder.navigator, 'gpu', { value: gpu, configurable: true })
}

function describe({ info }: Adapter): string {
  const name = info.description || info.device || 'a GPU without a name'
  return info.isFallbackAdapter === true ? `${name} (software)` : name
}

function unavailable(what: string, hint: string | undefined): TunerError {
  return new TunerError(
    'engine/backend-unavailable',
    `The backend "webgpu" ${what}.`,
    hint === undefined ? {} : { hint },
  )
}
