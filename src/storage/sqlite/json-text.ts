import type { Json } from '../../core/json.ts'

/**
 * JSON that keeps every number: NaN, the infinities and -0, which JSON lacks, become the texts `$NaN`, `$Infinity`,
 * `$-Infinity` and `$-0`; a text that starts with `$` gets another one in front.
 */
export function toJsonText(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (typeof item === 'string') return item.startsWith('$') ? `$${item}` : item
    if (typeof item !== 'number') return item
    if (Object.is(item, -0)) return '$-0'
    return Number.isFinite(item) ? item : `$${item}`
  })
}

/** The inverse of {@link toJsonText}. */
export function fromJsonText(text: string): Json {
  // A reviver visits every value: spare the many texts that have nothing to revive.
  if (!text.includes('"$')) return JSON.parse(text)
  return JSON.parse(text, (_, item: unknown) => {
    if (typeof item !== 'string' || !item.startsWith('$')) return item
    return item.startsWith('$$') ? item.slice(1) : Number(item.slice(1))
  })
}
