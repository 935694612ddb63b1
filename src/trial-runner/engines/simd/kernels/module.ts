import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { TunerError } from '../../../../core/errors.ts'
import type { Kernels } from './signatures.ts'

/** `fma`: products and sums in one rounding, where the hardware does that. `strict`: two roundings, everywhere. */
export type Arithmetic = 'fma' | 'strict'

const locate = createRequire(import.meta.url)
const compiled = new Map<Arithmetic, WebAssembly.Module>()
let fuses: boolean | undefined

function compile(arithmetic: Arithmetic): WebAssembly.Module {
  const known = compiled.get(arithmetic)
  if (known !== undefined) return known
  const code = readFileSync(locate.resolve(`#kernels/kernels-${arithmetic}.wasm`))
  if (arithmetic === 'fma' && !WebAssembly.validate(code)) {
    // Node 20 has relaxed SIMD behind a flag that may be set while the process runs.
    setFlagsFromString('--experimental-wasm-relaxed-simd')
  }
  const module = new WebAssembly.Module(code)
  compiled.set(arithmetic, module)
  return module
}

/** Kernels that work in `memory`. */
export function instantiate(arithmetic: Arithmetic, memory: WebAssembly.Memory): Kernels {
  const instance = new WebAssembly.Instance(compile(arithmetic), { env: { memory } })
  return instance.exports as unknown as Kernels
}

/** Whether relaxed SIMD is there and really fuses: it may legally round twice. */
function canFuse(): boolean {
  if (fuses !== undefined) return fuses
  try {
    const kernels = instantiate('fma', new WebAssembly.Memory({ initial: 1 }))
    // (1 + e)^2 - (1 + 2e) is e^2, which a rounded square has lost: it takes 25 bits.
    const e = 2 ** -12
    fuses = kernels.multiplyAdd(1 + e, 1 + e, -(1 + 2 * e)) === e * e
  } catch (error) {
    if (!(error instanceof WebAssembly.CompileError)) throw error
    fuses = false
  }
  return fuses
}

/** What `wanted` means here. Throws `engine/arithmetic-unavailable` for fma where nothing fuses. */
export function resolveArithmetic(wanted: Arithmetic | 'auto'): Arithmetic {
  if (wanted === 'strict') return 'strict'
  if (canFuse()) return 'fma'
  if (wanted === 'auto') return 'strict'
  throw new TunerError(
    'engine/arithmetic-unavailable',
    'The study asks for fma arithmetic, but this processor or Node version has no fused multiply-add in WebAssembly.',
    { hint: 'Continue the study where it began, or start a new one with --arithmetic strict.' },
  )
}
