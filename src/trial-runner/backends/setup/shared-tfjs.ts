/** Under this name of the global registry of symbols lies the TensorFlow.js that a backend's packages are to extend. */
export const SHARED_TFJS = 'tfjs-tuner.tfjs'

/**
 * A module for packages that ask for tfjs, or for its core: what {@link SHARED_TFJS} holds, as a second copy of it would
 * be a second engine.
 */
export function sharedTfjs(backend: string): string {
  return `module.exports = globalThis[Symbol.for('${SHARED_TFJS}')]
if (!module.exports) throw new Error('This package is loaded by tfjs-tuner, with --backend ${backend}.')
`
}
