// Batch and layer normalization of lines of `lanes` floats (a multiple of 4) with zeros after `width`. gamma and beta may
// be 0: none. Sums over many lines are taken in double precision, block by block, in a fixed order.
import { columnMask, madd, splat, sum4 } from './arithmetic'

/** Lines that are summed in single precision. */
const BLOCK = 32

// @ts-ignore: decorator
@inline
function addDoubles(at: usize, sum: v128): void {
  v128.store(at, f64x2.add(v128.load(at), f64x2.promote_low_f32x4(sum)))
  const high = v128.shuffle<f64>(sum, sum, 1, 1)
  v128.store(at, f64x2.add(v128.load(at, 16), f64x2.promote_low_f32x4(high)), 16)
}

/** to [lanes] = doubles of `sums` / divisor. */
function store4(sums: usize, to: usize, lanes: i32, divisor: f64): void {
  for (let c = 0; c < lanes; c++) store<f32>(to + (<usize>c << 2), <f32>(load<f64>(sums + (<usize>c << 3)) / divisor))
}

/** Mean and (biased) variance of each column over `lines` lines. `sums`: 2 * lanes floats. */
export function moments(x: usize, mean: usize, variance: usize, sums: usize, lines: i32, lanes: i32): void {
  const line = <usize>lanes << 2
  memory.fill(sums, 0, line << 1)
  for (let i = 0, p = x; i < lines; i += BLOCK, p += BLOCK * line) {
    const end = <usize>min(BLOCK, lines - i) * line
    for (let c: usize = 0; c < line; c += 16) {
      let sum = splat(0)
      for (let q = p + c, stop = q + end; q < stop; q += line) sum = f32x4.add(sum, v128.load(q))
      addDoubles(sums + (c << 1), sum)
    }
  }
  store4(sums, mean, lanes, <f64>lines)
  memory.fill(sums, 0, line << 1)
  for (let i = 0, p = x; i < lines; i += BLOCK, p += BLOCK * line) {
    const end = <usize>min(BLOCK, lines - i) * line
    for (let c: usize = 0; c < line; c += 16) {
      const m = v128.load(mean + c)
      let sum = splat(0)
      for (let q = p + c, stop = q + end; q < stop; q += line) {
        const e = f32x4.sub(v128.load(q), m)
        sum = madd(e, e, sum)
      }
      addDoubles(sums + (c << 1), sum)
    }
  }
  store4(sums, variance, lanes, <f64>lines)
}

/** moving -= (moving - x) * rest. */
export function moveTowards(x: usize, moving: usize, count: i32, rest: f32): void {
  const r = splat(rest)
  for (const end = x + (<usize>count << 2); x < end; x += 16, moving += 16) {
    const m = v128.load(moving)
    v128.store(moving, f32x4.sub(m, f32x4.mul(f32x4.sub(m, v128.load(x)), r)))
  }
}

/** y = 1 / sqrt(variance + epsilon). */
export function inverseDeviation(variance: usize, y: usize, count: i32, epsilon: f32): void {
  for (const end = variance + (<usize>count << 2); variance < end; variance += 16, y += 16) {
    v128.store(y, f32x4.div(splat(1), f32x4.sqrt(f32x4.add(v128.load(variance), splat(epsilon)))))
  }
}

/** y = (x - mean) * inverse * gamma + beta, column by column. */
export function normalizeColumns(
  x: usize, mean: usize, inverse: usize, gamma: usize, beta: usize, y: usize, lines: i32, lanes: i32,
): void {
  const line = <usize>lanes << 2
  for (let i = 0; i < lines; i++) for (let c: usize = 0; c < line; c += 16, x += 16, y += 16) {
    let scale = v128.load(inverse + c)
    if (gamma) scale = f32x4.mul(scale, v128.load(gamma + c))
    const shift = beta ? v128.load(beta + c) : splat(0)
    v128.store(y, madd(f32x4.sub(v128.load(x), v128.load(mean + c)), scale, shift))
  }
}

/** Sums of d and of d * (x - mean) * inverse over `lines` lines: the gradients of beta and gamma. `sums`: 4 * lanes floats. */
export function normalizeSums(
  x: usize, mean: usize, inverse: usize, d: usize, gammaGradient: usize, betaGradient: usize, sums: usize,
  lines: i32, lanes: i32,
): void {
  const line = <usize>lanes << 2, products = sums + (line << 1)
  memory.fill(sums, 0, line << 2)
  for (let i = 0; i < lines; i += BLOCK, x += BLOCK * line, d += BLOCK * line) {
    const end = <usize>min(BLOCK, lines - i) * line
    for (let c: usize = 0; c < line; c += 16) {
      const m = v128.load(mean + c), r = v128.load(inverse + c)
      let sum = splat(0), product = splat(0)
      for (let q = d + c, p = x + c, stop = q + end; q < stop; q += line, p += line) {
        const v = v128.load(q)
        sum = f32x4.add(sum, v)
        product = madd(f32x4.mul(f32x4.sub(v128.load(p), m), r), v, product)
      }
      addDoubles(sums + (c << 1), sum)
      addDoubles(products + (c << 1), product)
    }
  }
  store4(sums, betaGradient, lanes, 1)
  store4(products, gammaGradient, lanes, 1)
}

/**
 * g = gamma * inverse * (d - mean of d - normalized x * mean of d * normalized x), where `betaGradient` and
 * `gammaGradient` hold the sums that the two means are made of; zeros in the lines from `lines` to `padded`.
 */
export function normalizeGradient(
  x: usize, mean: usize, inverse: usize, gamma: usize, d: usize, gammaGradient: usize, betaGradient: usize, g: usize,
  lines: i32, padded: i32, lanes: i32,
): void {
  const line = <usize>lanes << 2, share = splat(<f32>1 / <f32>lines)
  for (let i = 0; i < lines; i++) for (let c: usize = 0; c < line; c += 16, x += 16, d += 16, g += 16) {
    const r = v128.load(inverse + c), normal = f32x4.mul(f32x4.sub(v128.load(x), v128.load(mean + c)), r)
    const means = f32x4.mul(madd(normal, v128.load(gammaGradient + c), v128.load(betaGradient + c)), share)
    const scale = gamma ? f32x4.mul(r, v128.load(gamma + c)) : r
    v128.store(g, f32x4.mul(f32x4.sub(v128.load(d), means), scale))
  }
  memory.fill(g, 0, <usize>(padded - lines) * line)
}

// @ts-ignore: decorator
@inline
function meanOf(x: usize, line: usize, width: i32): f32 {
  let sum: f64 = 0
  for (let at: usize = 0; at < line; at += 16) sum += sum4(v128.load(x + at))
  return <f32>(sum / <f64>width)
}

// @ts-ignore: decorator
@inline
function inverseOf(x: usize, lanes: i32, width: i32, mean: v128, epsilon: f32): f32 {
  let sum: f64 = 0
  for (let c = 0; c < lanes; c += 4) {
    const e = v128.and(f32x4.sub(v128.load(x + (<usize>c << 2)), mean), columnMask(c, width))
    sum += sum4(f32x4.mul(e, e))
  }
  return <f32>1 / sqrt(<f32>(sum / <f64>width) + epsilon)
}

/** y = (x - mean) / sqrt(variance + epsilon) * gamma + beta, with mean and variance of each line. */
export function normalizeLines(
  x: usize, gamma: usize, beta: usize, y: usize, lines: i32, width: i32, lanes: i32, epsilon: f32,
): void {
  const line = <usize>lanes << 2
  for (let i = 0; i < lines; i++, x += line, y += line) {
    const mean = splat(meanOf(x, line, width)), inverse = splat(inverseOf(x, lanes, width, mean, epsilon))
    for (let c = 0; c < lanes; c += 4) {
      const at = <usize>c << 2
      let v = f32x4.mul(f32x4.sub(v128.load(x + at), mean), inverse)
      if (gamma) v = f32x4.mul(v, v128.load(gamma + at))
      if (beta) v = f32x4.add(v, v128.load(beta + at))
      v128.store(y + at, v128.and(v, columnMask(c, width)))
    }
  }
}

/**
 * The gradients of `normalizeLines`; those of gamma and beta are added to (cleared before). A gradient at 0 is not
 * wanted.
 */
export function normalizeLinesGradient(
  x: usize, gamma: usize, d: usize, g: usize, gammaGradient: usize, betaGradient: usize,
  lines: i32, width: i32, lanes: i32, epsilon: f32,
): void {
  const line = <usize>lanes << 2
  for (let i = 0; i < lines; i++, x += line, d += line) {
    const mean = splat(meanOf(x, line, width)), r = inverseOf(x, lanes, width, mean, epsilon), inverse = splat(r)
    let sum: f64 = 0, product: f64 = 0
    for (let at: usize = 0; at < line; at += 16) {
      const normal = f32x4.mul(f32x4.sub(v128.load(x + at), mean), inverse), v = v128.load(d + at)
      const e = gamma ? f32x4.mul(v, v128.load(gamma + at)) : v
      sum += sum4(e)
      product += sum4(f32x4.mul(e, normal))
      if (gammaGradient) v128.store(gammaGradient + at, madd(v, normal, v128.load(gammaGradient + at)))
      if (betaGradient) v128.store(betaGradient + at, f32x4.add(v, v128.load(betaGradient + at)))
    }
    if (!g) continue
    const s = splat(<f32>(sum / <f64>width)), t = splat(<f32>(product / <f64>width))
    for (let c = 0; c < lanes; c += 4) {
      const at = <usize>c << 2
      const normal = f32x4.mul(f32x4.sub(v128.load(x + at), mean), inverse), v = v128.load(d + at)
      const e = gamma ? f32x4.mul(v, v128.load(gamma + at)) : v
      const out = f32x4.mul(f32x4.sub(f32x4.sub(e, s), f32x4.mul(normal, t)), inverse)
      v128.store(g + at, v128.and(out, columnMask(c, width)))
    }
    g += line
  }
}
