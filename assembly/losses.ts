// Losses. Each returns the sum over `rows` rows of a row's loss, in double precision, and, where g is not 0, writes the
// gradient of the mean over rows: zeros in padding, in columns as in the rows up to `padded`. p holds predictions and t
// targets of the same layout, rows of `width` numbers `lanes` apart (a multiple of 4). Definitions and the clipping at
// 1e-7 are those of tfjs-layers.
import { columnMask, madd, splat, sum4 } from './arithmetic'
import { log, sigmoid, softplus } from './math'

const EPSILON: f32 = 1e-7

const SQUARED = 0, ABSOLUTE = 1, PERCENTAGE = 2, LOGARITHMIC = 3, SQUARED_HINGE = 4, HINGE = 5, LOGCOSH = 6
const BINARY = 7, DIVERGENCE = 8, POISSON = 9, BINARY_LOGITS = 10, HUBER = 11

// @ts-ignore: decorator
@inline
function clipped(x: v128, low: f32, high: f32): v128 {
  return f32x4.min(f32x4.max(x, splat(low)), splat(high))
}

// @ts-ignore: decorator
@inline
function within(x: v128, low: f32, high: f32): v128 {
  return v128.and(f32x4.ge(x, splat(low)), f32x4.le(x, splat(high)))
}

// @ts-ignore: decorator
@inline
function sign(x: v128): v128 {
  return v128.or(v128.and(f32x4.gt(x, splat(0)), splat(1)), v128.and(f32x4.lt(x, splat(0)), splat(-1)))
}

// @ts-ignore: decorator
@inline
function value(kind: i32, p: v128, t: v128, q: v128): v128 {
  const zero = splat(0), one = splat(1), e = f32x4.sub(p, t)
  if (kind == SQUARED) return f32x4.mul(e, e)
  if (kind == ABSOLUTE) return f32x4.abs(e)
  if (kind == PERCENTAGE) {
    return f32x4.mul(splat(100), f32x4.div(f32x4.abs(e), f32x4.max(f32x4.abs(t), splat(EPSILON))))
  }
  if (kind == LOGARITHMIC) {
    const l = f32x4.sub(log(f32x4.add(one, f32x4.max(p, splat(EPSILON)))), log(f32x4.add(one, f32x4.max(t, splat(EPSILON)))))
    return f32x4.mul(l, l)
  }
  if (kind == SQUARED_HINGE || kind == HINGE) {
    const h = f32x4.max(zero, f32x4.sub(one, f32x4.mul(t, p)))
    return kind == HINGE ? h : f32x4.mul(h, h)
  }
  if (kind == LOGCOSH) return f32x4.sub(f32x4.add(e, softplus(f32x4.mul(splat(-2), e))), splat(0.693147181))
  if (kind == BINARY) {
    const c = clipped(p, EPSILON, 1 - EPSILON)
    const x = log(f32x4.div(c, f32x4.sub(one, c)))
    return f32x4.sub(softplus(x), f32x4.mul(x, t))
  }
  if (kind == DIVERGENCE) {
    return f32x4.mul(t, log(f32x4.div(clipped(t, EPSILON, 1), clipped(p, EPSILON, 1))))
  }
  if (kind == POISSON) return f32x4.sub(p, f32x4.mul(t, log(f32x4.add(p, splat(EPSILON)))))
  if (kind == HUBER) {
    const a = f32x4.abs(e), m = f32x4.min(a, q)
    return madd(f32x4.mul(splat(0.5), m), m, f32x4.mul(q, f32x4.sub(a, m)))
  }
  return f32x4.sub(softplus(p), f32x4.mul(p, t))
}

// @ts-ignore: decorator
@inline
function slope(kind: i32, p: v128, t: v128, q: v128): v128 {
  const zero = splat(0), one = splat(1), e = f32x4.sub(p, t)
  if (kind == SQUARED) return f32x4.add(e, e)
  if (kind == ABSOLUTE) return sign(e)
  if (kind == PERCENTAGE) {
    return f32x4.mul(splat(100), f32x4.div(sign(e), f32x4.max(f32x4.abs(t), splat(EPSILON))))
  }
  if (kind == LOGARITHMIC) {
    const p1 = f32x4.add(one, f32x4.max(p, splat(EPSILON)))
    const l = f32x4.sub(log(p1), log(f32x4.add(one, f32x4.max(t, splat(EPSILON)))))
    return v128.and(f32x4.div(f32x4.add(l, l), p1), f32x4.ge(p, splat(EPSILON)))
  }
  if (kind == HINGE || kind == SQUARED_HINGE) {
    const h = f32x4.max(zero, f32x4.sub(one, f32x4.mul(t, p))), minus = f32x4.neg(t)
    if (kind == HINGE) return v128.and(minus, f32x4.gt(h, zero))
    return f32x4.mul(minus, f32x4.add(h, h))
  }
  // tanh(e), from the sigmoid that tfjs differentiates softplus to.
  if (kind == LOGCOSH) return f32x4.sub(one, f32x4.mul(splat(2), sigmoid(f32x4.mul(splat(-2), e))))
  if (kind == BINARY) {
    const c = clipped(p, EPSILON, 1 - EPSILON)
    const g = f32x4.div(f32x4.sub(c, t), f32x4.mul(c, f32x4.sub(one, c)))
    return v128.and(g, within(p, EPSILON, 1 - EPSILON))
  }
  if (kind == DIVERGENCE) {
    return v128.and(f32x4.neg(f32x4.div(t, clipped(p, EPSILON, 1))), within(p, EPSILON, 1))
  }
  if (kind == POISSON) return f32x4.sub(one, f32x4.div(t, f32x4.add(p, splat(EPSILON))))
  if (kind == HUBER) return f32x4.min(f32x4.max(e, f32x4.neg(q)), q)
  return f32x4.sub(sigmoid(p), t)
}

/** Zeros in the rows of g from `rows` to `padded`. */
// @ts-ignore: decorator
@inline
function clearPadding(g: usize, rows: i32, padded: i32, lanes: i32): void {
  memory.fill(g + (<usize>(rows * lanes) << 2), 0, <usize>((padded - rows) * lanes) << 2)
}

// A row's loss is `share` times the sum over its numbers.
// @ts-ignore: decorator
@inline
function each(
  kind: i32, p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32, share: f32, q: f32,
): f64 {
  const parameter = splat(q), scale = splat(share / <f32>rows)
  let sum: f64 = 0
  if (g) clearPadding(g, rows, padded, lanes)
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < lanes; c += 4, p += 16, t += 16) {
      const mask = columnMask(c, width), x = v128.load(p), y = v128.load(t)
      if (c < width) sum += sum4(v128.and(value(kind, x, y, parameter), mask))
      if (g) {
        v128.store(g, v128.and(f32x4.mul(slope(kind, x, y, parameter), scale), mask))
        g += 16
      }
    }
  }
  return sum * <f64>share
}

export function meanSquaredError(p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32): f64 {
  return each(SQUARED, p, t, g, rows, padded, width, lanes, 1 / <f32>width, 0)
}
export function meanAbsoluteError(p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32): f64 {
  return each(ABSOLUTE, p, t, g, rows, padded, width, lanes, 1 / <f32>width, 0)
}
export function meanAbsolutePercentageError(p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32): f64 {
  return each(PERCENTAGE, p, t, g, rows, padded, width, lanes, 1 / <f32>width, 0)
}
export function meanSquaredLogarithmicError(p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32): f64 {
  return each(LOGARITHMIC, p, t, g, rows, padded, width, lanes, 1 / <f32>width, 0)
}
export function squaredHinge(p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32): f64 {
  return each(SQUARED_HINGE, p, t, g, rows, padded, width, lanes, 1 / <f32>width, 0)
}
export function hinge(p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32): f64 {
  return each(HINGE, p, t, g, rows, padded, width, lanes, 1 / <f32>width, 0)
}
export function logcosh(p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32): f64 {
  return each(LOGCOSH, p, t, g, rows, padded, width, lanes, 1 / <f32>width, 0)
}
export function binaryCrossentropy(p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32): f64 {
  return each(BINARY, p, t, g, rows, padded, width, lanes, 1 / <f32>width, 0)
}
export function kullbackLeiblerDivergence(p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32): f64 {
  return each(DIVERGENCE, p, t, g, rows, padded, width, lanes, 1, 0)
}
export function poisson(p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32): f64 {
  return each(POISSON, p, t, g, rows, padded, width, lanes, 1 / <f32>width, 0)
}
/** Of logits: p is any real number. */
export function sigmoidCrossEntropy(p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32): f64 {
  return each(BINARY_LOGITS, p, t, g, rows, padded, width, lanes, 1 / <f32>width, 0)
}
/** Squared up to an error of `delta`, linear beyond (P. J. Huber, 1964). */
export function huber(p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32, delta: f32): f64 {
  return each(HUBER, p, t, g, rows, padded, width, lanes, 1 / <f32>width, delta)
}

/** Logarithms of four numbers are as cheap as one: the scalar one is a lane. */
// @ts-ignore: decorator
@inline
function log1(x: f32): f32 {
  return f32x4.extract_lane(log(splat(x)), 0)
}

/** Of probabilities, which are first scaled to sum 1. */
export function categoricalCrossentropy(p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32): f64 {
  const line = <usize>lanes << 2
  let loss: f64 = 0
  if (g) clearPadding(g, rows, padded, lanes)
  for (let r = 0; r < rows; r++, p += line, t += line) {
    let total: f64 = 0
    for (let at: usize = 0; at < line; at += 16) total += sum4(v128.load(p + at))
    const sum = splat(<f32>total)
    let pull: f64 = 0
    for (let at: usize = 0; at < line; at += 16) {
      const y = v128.load(t + at), share = f32x4.div(v128.load(p + at), sum), q = clipped(share, EPSILON, 1 - EPSILON)
      loss -= sum4(f32x4.mul(y, log(q)))
      const inside = v128.and(f32x4.div(y, q), within(share, EPSILON, 1 - EPSILON))
      pull += sum4(f32x4.mul(inside, share))
    }
    if (!g) continue
    const scale = f32x4.div(splat(1 / <f32>rows), sum), mean = splat(<f32>pull)
    for (let c = 0; c < lanes; c += 4, g += 16) {
      const at = <usize>c << 2, y = v128.load(t + at), share = f32x4.div(v128.load(p + at), sum)
      const inside = v128.and(f32x4.div(y, clipped(share, EPSILON, 1 - EPSILON)), within(share, EPSILON, 1 - EPSILON))
      v128.store(g, v128.and(f32x4.mul(scale, f32x4.sub(mean, inside)), columnMask(c, width)))
    }
  }
  return loss
}

/** t holds one class number for each row. Probabilities are clipped, then scaled to sum 1. */
export function sparseCategoricalCrossentropy(p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32): f64 {
  const line = <usize>lanes << 2
  let loss: f64 = 0
  if (g) clearPadding(g, rows, padded, lanes)
  for (let r = 0; r < rows; r++, p += line, t += 4) {
    let total: f64 = 0
    for (let c = 0; c < lanes; c += 4) {
      total += sum4(v128.and(clipped(v128.load(p + (<usize>c << 2)), EPSILON, 1 - EPSILON), columnMask(c, width)))
    }
    const sum = <f32>total, target = <i32>load<f32>(t)
    const own = min(max(load<f32>(p + (<usize>target << 2)), EPSILON), 1 - EPSILON)
    const share = own / sum, inside = share >= EPSILON && share <= 1 - EPSILON
    loss -= <f64>log1(min(max(share, EPSILON), 1 - EPSILON))
    if (!g) continue
    const scale: f32 = 1 / <f32>rows
    const others = splat(inside ? scale / sum : 0)
    for (let c = 0; c < lanes; c += 4) {
      const keep = v128.and(within(v128.load(p + (<usize>c << 2)), EPSILON, 1 - EPSILON), columnMask(c, width))
      v128.store(g + (<usize>c << 2), v128.and(others, keep))
    }
    const at = g + (<usize>target << 2), unclipped = load<f32>(p + (<usize>target << 2))
    if (inside && unclipped >= EPSILON && unclipped <= 1 - EPSILON) store<f32>(at, load<f32>(at) - scale / own)
    g += line
  }
  return loss
}

/** max(0, 1 + largest wrong - right), where the wrong are weighed with 1 - t. */
export function categoricalHinge(p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32): f64 {
  const line = <usize>lanes << 2
  const scale: f32 = 1 / <f32>rows
  let loss: f64 = 0
  if (g) memory.fill(g, 0, <usize>padded * line)
  for (let r = 0; r < rows; r++, p += line, t += line) {
    let right: f32 = 0, wrong: f32 = -<f32>Infinity
    for (let c = 0; c < width; c++) {
      const at = <usize>c << 2, x = load<f32>(p + at), y = load<f32>(t + at)
      right += x * y
      wrong = max(wrong, (1 - y) * x)
    }
    const h: f32 = 1 + wrong - right
    if (h > 0) loss += <f64>h
    if (!g) continue
    if (h > 0) for (let c = 0; c < width; c++) {
      const at = <usize>c << 2, x = load<f32>(p + at), y = load<f32>(t + at)
      store<f32>(g + at, scale * (((1 - y) * x == wrong ? 1 - y : 0) - y))
    }
    g += line
  }
  return loss
}

/** Minus the cosine of the angle between prediction and target. */
export function cosineProximity(p: usize, t: usize, g: usize, rows: i32, padded: i32, width: i32, lanes: i32): f64 {
  const line = <usize>lanes << 2
  let loss: f64 = 0
  if (g) clearPadding(g, rows, padded, lanes)
  for (let r = 0; r < rows; r++, p += line, t += line) {
    let pp: f64 = 0, tt: f64 = 0, pt: f64 = 0
    for (let at: usize = 0; at < line; at += 16) {
      const x = v128.load(p + at), y = v128.load(t + at)
      pp += sum4(f32x4.mul(x, x))
      tt += sum4(f32x4.mul(y, y))
      pt += sum4(f32x4.mul(x, y))
    }
    const square = max(pp, <f64>EPSILON), norm = sqrt(square * max(tt, <f64>EPSILON))
    loss -= pt / norm
    if (!g) continue
    const a = splat(<f32>(-1 / norm / <f64>rows))
    const b = splat(pp >= <f64>EPSILON ? <f32>(pt / norm / square / <f64>rows) : 0)
    for (let at: usize = 0; at < line; at += 16, g += 16) {
      v128.store(g, madd(a, v128.load(t + at), f32x4.mul(b, v128.load(p + at))))
    }
  }
  return loss
}
