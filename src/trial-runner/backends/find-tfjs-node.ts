import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Unusable } from './backend.ts'
import { nativeFolder } from './native-folder.ts'
import type { Proof } from './setup/setup.ts'
import { PROOF } from './setup/staging.ts'
import { ADDON } from './setup/tensorflow/addon.ts'

export type TfjsNodeName = 'tfjs-node' | 'tfjs-node-gpu'

/** A tfjs-node with its addon. */
export interface FoundTfjsNode {
  /** The package's own folder. */
  readonly folder: string
  readonly version: string
  /** Made by `tune setup`: it extends the TensorFlow.js that it is given. */
  readonly isShared: boolean
}

/** Where npm's install script puts the addon in the package. */
const INSTALLED_ADDON = join('lib', 'napi-v8', 'tfjs_binding.node')

/** What `tune setup` made, otherwise what the project has in its node_modules. Loads nothing. */
export function findTfjsNode(backend: TfjsNodeName): FoundTfjsNode | Unusable {
  const name = `@tensorflow/${backend}`
  const remedy = `Run: tune setup ${backend}`
  const setup = join(nativeFolder(), backend)
  if (existsSync(join(setup, ADDON))) {
    const folder = join(setup, 'package', 'node_modules', ...name.split('/'))
    return { folder, version: provenVersion(setup) ?? packageVersion(folder), isShared: true }
  }
  const folder = installed(name)
  if (folder === undefined) return { reason: `${name} is not set up`, remedy }
  if (existsSync(join(folder, INSTALLED_ADDON))) return { folder, version: packageVersion(folder), isShared: false }
  return { reason: `${name} in ${folder} has no addon: what its install script downloads is gone`, remedy }
}

function provenVersion(setup: string): string | undefined {
  const path = join(setup, PROOF)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Proof).version : undefined
}

function packageVersion(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version
}

/** The package's folder in the node_modules of the working directory, or beside this package. */
function installed(name: string): string | undefined {
  for (const from of [join(process.cwd(), 'package.json'), import.meta.url]) {
    try {
      return dirname(createRequire(from).resolve(`${name}/package.json`))
    } catch {}
  }
  return undefined
}
