/** The names of all backends, as the registry has them: for who wants to know them without loading tfjs. */
export const backendNames: readonly string[] = ['tfjs-node-gpu', 'tfjs-node', 'webgpu', 'wasm', 'cpu']
