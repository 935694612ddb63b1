import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Unusable } from './backend.ts'
import { nativeFolder } from './native-folder.ts'

const DAWN = 'webgpu'
const TFJS_BACKEND = '@tensorflow/tfjs-backend-webgpu'
const REMEDY = 'Run: tune setup webgpu'

/** The two packages that WebGPU is made of here. */
export interface FoundWebgpu {
  /** The folder of npm's `webgpu`. */
  readonly dawn: string
  /** The folder of tfjs's backend. */
  readonly backend: string
  /** `4.22.0, Dawn 0.6.2` */
  readonly version: string
}

/** What `tune setup` made, otherwise what the project has in its node_modules. Loads nothing. */
export function findWebgpu(): FoundWebgpu | Unusable {
  const setup = join(nativeFolder(), 'webgpu', 'package', 'node_modules')
  if (existsSync(setup)) return usable(join(setup, DAWN), join(setup, ...TFJS_BACKEND.split('/')))
  const [dawn, backend] = [installed(DAWN), installed(TFJS_BACKEND)]
  if (dawn === undefined || backend === undefined) {
    return { reason: `${dawn === undefined ? DAWN : TFJS_BACKEND} is not set up`, remedy: REMEDY }
  }
  // With a core of its own it would register there, and we would never see it.
  if (coreFrom(join(backend, 'package.json')) !== coreFrom(import.meta.url)) {
    return { reason: `${TFJS_BACKEND} in ${backend} uses another copy of @tensorflow/tfjs-core`, remedy: REMEDY }
  }
  return usable(dawn, backend)
}

function usable(dawn: string, backend: string): FoundWebgpu | Unusable {
  const platform = process.platform === 'darwin' ? 'darwin-universal' : `${process.platform}-${process.arch}`
  if (!existsSync(join(dawn, 'dist', platform, 'dawn.node'))) {
    return { reason: `the package ${DAWN} in ${dawn} has no build for ${platform}` }
  }
  return { dawn, backend, version: `${versionOf(backend)}, Dawn ${versionOf(dawn)}` }
}

function versionOf(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version
}

/** The package's folder in the node_modules of the working directory, or beside this package. */
function installed(name: string): string | undefined {
  for (const from of [join(process.cwd(), 'package.json'), import.meta.url]) {
    for (const folder of createRequire(from).resolve.paths(name) ?? []) {
      const found = join(folder, name)
      if (existsSync(join(found, 'package.json'))) return found
    }
  }
  return undefined
}

function coreFrom(from: string | URL): string | undefined {
  try {
    return dirname(createRequire(from).resolve('@tensorflow/tfjs-core/package.json'))
  } catch {
    return undefined
  }
}
