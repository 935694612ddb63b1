import { declarationOf } from './declaration.ts'
import type { SpaceSpec } from './spec.ts'

/**
 * What changed from one space to another, a line a parameter: `units: int(8, 128) was int(8, 64)`, `dropout: new`,
 * `layers: gone`. Empty where both are the same search; the order of declaration does not count.
 */
export function compareSpaces(before: SpaceSpec, after: SpaceSpec): string[] {
  const differences: string[] = []
  for (const [name, spec] of Object.entries(after)) {
    const old = Object.hasOwn(before, name) ? before[name] : undefined
    if (old === undefined) {
      differences.push(`${name}: new`)
      continue
    }
    const [was, is] = [declarationOf(old), declarationOf(spec)]
    if (is !== was) differences.push(`${name}: ${is} was ${was}`)
  }
  for (const name of Object.keys(before)) if (!Object.hasOwn(after, name)) differences.push(`${name}: gone`)
  return differences
}
