import type { Json } from '../core/json.ts'

/** A whole number that a tuner has kept in a trial's note; undefined for a trial that it has not proposed. */
export function numberInNote(note: Json | undefined, name: string): number | undefined {
  if (note === null || typeof note !== 'object' || Array.isArray(note)) return undefined
  const value = (note as { readonly [key: string]: Json })[name]
  return Number.isSafeInteger(value) ? Number(value) : undefined
}
