// Entry of both modules. Kernels touch only the memory that their arguments name; offsets are in bytes, counts in floats.
// scripts/build-kernels.mjs compiles it twice and writes the signatures for TypeScript.
export * from './activations'
export * from './dense'
export * from './elementwise'
export * from './losses'
export * from './metrics'
export * from './optimizers'
export * from './probe'
export * from './random'
export * from './regularizers'
export * from './softmax'
export * from './sparse'
