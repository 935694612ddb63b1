import type { ParamValue } from '../core/params.ts'
import type { MetricSummary } from '../core/trial.ts'

/** A number with about four digits, short enough for a column: `9.812`, `0.00214`, `3.2e-5`, `1,204`. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value)
  const size = Math.abs(value)
  if (size >= 1e6 || size < 1e-4) return value.toExponential(2).replace('e+', 'e')
  return value.toPrecision(Math.max(4, Math.ceil(Math.log10(size))))
}

/** `9.812 ± 0.213`: mean and standard deviation over the folds, as finely as the mean; one fold has no spread. */
export function meanAndSpread({ mean, std, folds }: MetricSummary): string {
  const shown = short(mean)
  if (folds.length < 2) return shown
  const decimals = /\.(\d+)$/.exec(shown)?.[1]?.length
  return `${shown} ± ${decimals === undefined ? short(std) : std.toFixed(decimals)}`
}

/** A parameter's value for people: numbers without digits that say nothing. */
export function shortParam(value: ParamValue): string {
  if (typeof value === 'number') return trimmed(short(value))
  return typeof value === 'object' ? `[${value.map((item) => trimmed(short(item))).join(', ')}]` : String(value)
}

function trimmed(text: string): string {
  return /\.\d*0+(e|$)/.test(text) ? text.replace(/\.?0+(e|$)/, '$1') : text
}

/** A time span: `0:07`, `12:40`, `2:03:10`. */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
