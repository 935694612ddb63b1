import { TunerError } from '../../../core/errors.ts'
import { nearest } from '../../../core/nearest.ts'
import type { Setup } from './setup.ts'
import { tfjsNode, tfjsNodeGpu } from './tensorflow/setup.ts'
import { webgpu } from './webgpu.ts'

const setups: readonly Setup[] = [tfjsNode, tfjsNodeGpu, webgpu]

export const setupNames: readonly string[] = setups.map(({ name }) => name)

/** Throws `setup/unknown`. */
export function selectSetup(name: string): Setup {
  const setup = setups.find((candidate) => candidate.name === name)
  if (setup !== undefined) return setup
  const meant = nearest(name, setupNames)
  throw new TunerError(
    'setup/unknown',
    `There is no setup of "${name}"; expected one of ${setupNames.join(', ')}.`,
    meant === undefined ? {} : { hint: `Did you mean ${meant}?` },
  )
}
