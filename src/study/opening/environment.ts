import { availableParallelism, cpus } from 'node:os'
import type { Json } from '../../core/json.ts'
import { version } from '../../core/version.ts'

/** Where a study was run: kept with it, since numbers may depend on it. */
export function describeEnvironment(): { readonly [key: string]: Json } {
  return {
    tfjsTuner: version,
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    processors: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
  }
}
