import { createRequire } from 'node:module'

/**
 * Loads a package of tfjs. They are CommonJS: an import would read them through for the names that they export, which
 * takes three times as long as running them, in every worker.
 */
export const loadTfjs = createRequire(import.meta.url)

export const core = loadTfjs('@tensorflow/tfjs-core') as typeof import('@tensorflow/tfjs-core')
export const layers = loadTfjs('@tensorflow/tfjs-layers') as typeof import('@tensorflow/tfjs-layers')
