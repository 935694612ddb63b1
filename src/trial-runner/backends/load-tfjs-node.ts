import { createRequire } from 'node:module'
import { join } from 'node:path'
import util from 'node:util'
import { TunerError } from '../../core/errors.ts'
import { core } from '../engines/tfjs/tfjs.ts'
import { activate } from './activate.ts'
import { findTfjsNode, type TfjsNodeName } from './find-tfjs-node.ts'
import { shareTfjs } from './share-tfjs.ts'

/** What tfjs-node's backend tells about itself. */
interface TensorflowBackend {
  readonly binding: { readonly TF_Version: string }
  readonly isUsingGpuDevice: boolean
}

/** Under this name tfjs-node registers its backend, -gpu too. */
const REGISTERED = 'tensorflow'

/** Makes a tfjs-node this thread's backend and returns it. Throws `engine/backend-unavailable` with what it threw. */
export async function loadTfjsNode(name: TfjsNodeName): Promise<TensorflowBackend> {
  const found = findTfjsNode(name)
  if ('reason' in found) {
    throw new TunerError('engine/backend-unavailable', `The backend "${name}" cannot be used here: ${found.reason}.`)
  }
  restoreUtil()
  if (found.isShared) shareTfjs()
  const module = join(found.folder, 'dist', 'index.js')
  try {
    createRequire(import.meta.url)(module)
  } catch (error) {
    throw new TunerError('engine/backend-unavailable', `${module} could not be loaded: ${(error as Error).message}`, {
      cause: error,
      hint: `Make it anew for this machine and this Node: tune setup ${name} --force`,
    })
  }
  await activate(REGISTERED)
  return core.backend() as unknown as TensorflowBackend
}

/** `4.22.0, TensorFlow 2.21.0`; of one that is not loaded as the setup found it, or the package's own only. */
export function tfjsNodeVersion(name: TfjsNodeName): string | undefined {
  const found = findTfjsNode(name)
  if ('reason' in found) return undefined
  if (core.findBackend(REGISTERED) === null || found.version.includes(',')) return found.version
  const { binding } = core.findBackend(REGISTERED) as unknown as TensorflowBackend
  return `${found.version}, TensorFlow ${binding.TF_Version}`
}

/** Functions of node:util that tfjs-node calls: Node 22 warns of them, Node 23 removed them. */
function restoreUtil(): void {
  const removed = {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  }
  for (const [name, func] of Object.entries(removed)) {
    Object.defineProperty(util, name, { value: func, configurable: true, writable: true })
  }
}
