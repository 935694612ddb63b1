// Losses of logits over lines, and the focal loss. Arguments and results are those of losses.ts.
import { choose, columnMask, madd, splat, sum4 } from './arithmetic'
import { exp, log, sigmoid, softplus } from './math'

// @ts-ignore: decorator
@inline
function clear(g: usize, rows: i32, padded: i32, lanes: i32): void {
  memory.fill(g + (<usize>(rows * lanes) << 2), 0, <usize>((padded - rows) * lanes) << 2)
}

/** Logarithm of the sum of e^x over a line. */
// @ts-ignore: decorator
@inline
function logSumExp(x: usize, width: i32, lanes: i32): v128 {
  let top = load<f32>(x)
  for (let c = 1; c < width; c++) top = max(top, load<f32>(x + (<usize>c << 2)))
  const high = splat(top)
  let sum: f64 = 0
  for (let c = 0; c < lanes; c += 4) {
    sum += sum4(v128.and(exp(f32x4.sub(v128.load(x + (<usize>c << 2)), high)), columnMask(c, width)))
  }
  return f32x4.add(high, log(splat(<f32>sum)))
}

/** Categorical crossentropy of logits. */
export function softmaxCrossEntropy(p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32): f64 {
  const line = <usize>lanes << 2, scale = splat(1 / <f32>rows)
  let loss: f64 = 0
  if (g) clear(g, rows, padded, lanes)
  for (let r = 0; r < rows; r++, p += line, t += line) {
    const norm = logSumExp(p, width, lanes)
    let shares: f64 = 0
    for (let c = 0; c < lanes; c += 4) {
      const at = <usize>c << 2, y = v128.load(t + at)
      shares += sum4(y)
      loss -= sum4(v128.and(f32x4.mul(y, f32x4.sub(v128.load(p + at), norm)), columnMask(c, width)))
    }
    if (!g) continue
    const total = splat(<f32>shares)
    for (let c = 0; c < lanes; c += 4, g += 16) {
      const at = <usize>c << 2, q = exp(f32x4.sub(v128.load(p + at), norm))
      v128.store(g, v128.and(f32x4.mul(scale, f32x4.sub(f32x4.mul(total, q), v128.load(t + at))), columnMask(c, width)))
    }
  }
  return loss
}

/** The same where t holds one class number for each line. */
export function sparseSoftmaxCrossEntropy(
  p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32,
): f64 {
  const line = <usize>lanes << 2, share: f32 = 1 / <f32>rows, scale = splat(share)
  let loss: f64 = 0
  if (g) clear(g, rows, padded, lanes)
  for (let r = 0; r < rows; r++, p += line, t += 4) {
    const norm = logSumExp(p, width, lanes), own = <usize><i32>load<f32>(t) << 2
    loss += <f64>(f32x4.extract_lane(norm, 0) - load<f32>(p + own))
    if (!g) continue
    for (let c = 0; c < lanes; c += 4) {
      const at = <usize>c << 2, q = exp(f32x4.sub(v128.load(p + at), norm))
      v128.store(g + at, v128.and(f32x4.mul(scale, q), columnMask(c, width)))
    }
    store<f32>(g + own, load<f32>(g + own) - share)
    g += line
  }
  return loss
}

/**
 * Binary crossentropy weighed with (1 - q)^gamma, q being the probability of what is the case, and with `one` where t is
 * 1 and `zero` where it is 0 (Lin et al., 2017). p holds probabilities, or logits where `logits` is 1.
 */
export function binaryFocalCrossentropy(
  p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32, gamma: f32, one: f32, zero: f32, logits: i32,
): f64 {
  const power = splat(gamma), ones = splat(1), low = splat(1e-7), high = splat(1 - 1e-7)
  const share: f32 = 1 / <f32>width, scale = splat(share / <f32>rows)
  let loss: f64 = 0
  if (g) clear(g, rows, padded, lanes)
  for (let r = 0; r < rows; r++) for (let c = 0; c < lanes; c += 4, p += 16, t += 16) {
    const x = v128.load(p), y = v128.load(t), mask = columnMask(c, width)
    const q = logits ? sigmoid(x) : x, clipped = f32x4.min(f32x4.max(q, low), high)
    const odds = log(f32x4.div(clipped, f32x4.sub(ones, clipped)))
    const entropy = f32x4.sub(softplus(odds), f32x4.mul(odds, y))
    const weight = madd(y, splat(one - zero), splat(zero))
    // Of what is not the case: 1 - (y q + (1 - y)(1 - q)).
    const rest = madd(y, f32x4.sub(ones, f32x4.add(q, q)), q), kept = f32x4.max(rest, low)
    const focus = choose(f32x4.eq(power, splat(0)), ones, exp(f32x4.mul(power, log(kept))))
    loss += sum4(v128.and(f32x4.mul(f32x4.mul(weight, focus), entropy), mask))
    if (!g) continue
    const inside = v128.and(f32x4.ge(q, low), f32x4.le(q, high))
    const steep = v128.and(f32x4.div(f32x4.sub(clipped, y), f32x4.mul(clipped, f32x4.sub(ones, clipped))), inside)
    const bend = f32x4.mul(f32x4.div(f32x4.mul(power, focus), kept), f32x4.sub(ones, f32x4.add(y, y)))
    let slope = madd(bend, entropy, f32x4.mul(focus, steep))
    if (logits) slope = f32x4.mul(slope, f32x4.mul(q, f32x4.sub(ones, q)))
    v128.store(g, v128.and(f32x4.mul(f32x4.mul(scale, weight), slope), mask))
    g += 16
  }
  return loss * <f64>share
}
