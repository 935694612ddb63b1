// One function for each rule of learning: it moves `count` weights `w` against their gradients `g`. `s`, `t`, `u` are the
// optimizer's own slots, laid out as the weights are. Padding has gradient 0 and stays 0 under every rule.
// `optimizerSettings` comes before the first update of a step; what a letter means is said at each rule.
import { madd, splat } from './arithmetic'
import { scaleTensor } from './merge'

let rate: f32 = 0
let a: f32 = 0
let b: f32 = 0
let c: f32 = 0
let epsilon: f32 = 0
let kept: f32 = 1

/** `kept`: the share of every weight that decay leaves before the rule is applied; 1 for no decay. */
export function optimizerSettings(rate_: f32, a_: f32, b_: f32, epsilon_: f32, c_: f32, kept_: f32): void {
  rate = rate_
  a = a_
  b = b_
  c = c_
  epsilon = epsilon_
  kept = kept_
}

/** Applies rule `rule` (numbered as below) to `count` weights, a multiple of 4. */
export function update(rule: i32, w: usize, g: usize, count: i32, s: usize, t: usize, u: usize): void {
  const end = g + (<usize>count << 2)
  if (kept != 1) scaleTensor(w, w, kept, count)
  switch (rule) {
    case 0: return sgd(w, g, end)
    case 1: return momentum(w, g, end, s)
    case 2: return nesterov(w, g, end, s)
    case 3: return rmsprop(w, g, end, s)
    case 4: return rmspropMomentum(w, g, end, s, t)
    case 5: return rmspropCentered(w, g, end, s, t, u)
    case 6: return adam(w, g, end, s, t)
    case 7: return adamax(w, g, end, s, t)
    case 8: return adagrad(w, g, end, s)
    case 9: return adadelta(w, g, end, s, t)
    case 10: return nadam(w, g, end, s, t)
    default: unreachable()
  }
}

/** x * decay + y * (1 - decay). */
// @ts-ignore: decorator
@inline
function blend(x: v128, y: v128, decay: v128, rest: v128): v128 {
  return madd(x, decay, f32x4.mul(y, rest))
}

// @ts-ignore: decorator
@inline
function subtract(w: usize, step: v128): void {
  v128.store(w, f32x4.sub(v128.load(w), step))
}

function sgd(w: usize, g: usize, end: usize): void {
  const r = splat(rate)
  for (; g < end; g += 16, w += 16) subtract(w, f32x4.mul(r, v128.load(g)))
}

// s: sum of gradients, of which a fraction `a` is kept.
function momentum(w: usize, g: usize, end: usize, s: usize): void {
  const r = splat(rate), m = splat(a)
  for (; g < end; g += 16, w += 16, s += 16) {
    const v = madd(m, v128.load(s), v128.load(g))
    v128.store(s, v)
    subtract(w, f32x4.mul(r, v))
  }
}

function nesterov(w: usize, g: usize, end: usize, s: usize): void {
  const r = splat(rate), m = splat(a)
  for (; g < end; g += 16, w += 16, s += 16) {
    const x = v128.load(g), v = madd(m, v128.load(s), x)
    v128.store(s, v)
    subtract(w, f32x4.mul(r, madd(v, m, x)))
  }
}

// s: mean square with decay `a`.
function rmsprop(w: usize, g: usize, end: usize, s: usize): void {
  const r = splat(rate), decay = splat(a), rest = splat(1 - a), e = splat(epsilon)
  for (; g < end; g += 16, w += 16, s += 16) {
    const x = v128.load(g), v = blend(v128.load(s), f32x4.mul(x, x), decay, rest)
    v128.store(s, v)
    subtract(w, f32x4.div(f32x4.mul(r, x), f32x4.sqrt(f32x4.add(v, e))))
  }
}

// s: mean square with decay `a`; t: sum of steps, of which a fraction `b` is kept.
function rmspropMomentum(w: usize, g: usize, end: usize, s: usize, t: usize): void {
  const r = splat(rate), decay = splat(a), rest = splat(1 - a), m = splat(b), e = splat(epsilon)
  for (; g < end; g += 16, w += 16, s += 16, t += 16) {
    const x = v128.load(g), v = blend(v128.load(s), f32x4.mul(x, x), decay, rest)
    v128.store(s, v)
    const step = madd(v128.load(t), m, f32x4.div(f32x4.mul(r, x), f32x4.sqrt(f32x4.add(v, e))))
    v128.store(t, step)
    subtract(w, step)
  }
}

// As above; u: mean gradient. tfjs has (v - (mean^2 + epsilon)) under the root, which is negative for a steady
// gradient; Keras and the paper (Graves, 2013) have v - mean^2 + epsilon, as here.
function rmspropCentered(w: usize, g: usize, end: usize, s: usize, t: usize, u: usize): void {
  const r = splat(rate), decay = splat(a), rest = splat(1 - a), m = splat(b), e = splat(epsilon)
  for (; g < end; g += 16, w += 16, s += 16, t += 16, u += 16) {
    const x = v128.load(g), v = blend(v128.load(s), f32x4.mul(x, x), decay, rest)
    const mean = blend(v128.load(u), x, decay, rest)
    v128.store(s, v)
    v128.store(u, mean)
    const variance = f32x4.max(f32x4.sub(v, f32x4.mul(mean, mean)), splat(0))
    const step = madd(v128.load(t), m, f32x4.div(f32x4.mul(r, x), f32x4.sqrt(f32x4.add(variance, e))))
    v128.store(t, step)
    subtract(w, step)
  }
}

// s, t: first and second moment with decays `a`, `b`. The caller folds the bias corrections into rate and epsilon.
function adam(w: usize, g: usize, end: usize, s: usize, t: usize): void {
  const r = splat(rate), e = splat(epsilon)
  const decayM = splat(a), restM = splat(1 - a), decayV = splat(b), restV = splat(1 - b)
  for (; g < end; g += 16, w += 16, s += 16, t += 16) {
    const x = v128.load(g)
    const m = blend(v128.load(s), x, decayM, restM)
    const v = blend(v128.load(t), f32x4.mul(x, x), decayV, restV)
    v128.store(s, m)
    v128.store(t, v)
    subtract(w, f32x4.div(f32x4.mul(r, m), f32x4.add(f32x4.sqrt(v), e)))
  }
}

// As above; the caller folds its corrections into `rate`, the weight of the first moment, and `c`, that of the gradient.
function nadam(w: usize, g: usize, end: usize, s: usize, t: usize): void {
  const r = splat(rate), own = splat(c), e = splat(epsilon)
  const decayM = splat(a), restM = splat(1 - a), decayV = splat(b), restV = splat(1 - b)
  for (; g < end; g += 16, w += 16, s += 16, t += 16) {
    const x = v128.load(g)
    const m = blend(v128.load(s), x, decayM, restM)
    const v = blend(v128.load(t), f32x4.mul(x, x), decayV, restV)
    v128.store(s, m)
    v128.store(t, v)
    subtract(w, f32x4.div(madd(r, m, f32x4.mul(own, x)), f32x4.add(f32x4.sqrt(v), e)))
  }
}

// s: first moment with decay `a`; t: largest gradient, fading by `b`. Bias correction in the rate.
function adamax(w: usize, g: usize, end: usize, s: usize, t: usize): void {
  const r = splat(rate), e = splat(epsilon), decay = splat(a), rest = splat(1 - a), fade = splat(b)
  for (; g < end; g += 16, w += 16, s += 16, t += 16) {
    const x = v128.load(g)
    const m = blend(v128.load(s), x, decay, rest)
    const n = f32x4.max(f32x4.mul(v128.load(t), fade), f32x4.abs(x))
    v128.store(s, m)
    v128.store(t, n)
    subtract(w, f32x4.mul(r, f32x4.div(m, f32x4.add(n, e))))
  }
}

// s: sum of squares.
function adagrad(w: usize, g: usize, end: usize, s: usize): void {
  const r = splat(rate), e = splat(epsilon)
  for (; g < end; g += 16, w += 16, s += 16) {
    const x = v128.load(g), v = madd(x, x, v128.load(s))
    v128.store(s, v)
    subtract(w, f32x4.mul(r, f32x4.div(x, f32x4.sqrt(f32x4.add(v, e)))))
  }
}

// s, t: mean squares of gradients and of steps, with decay `a`. The step uses both as they were before, as tfjs does.
function adadelta(w: usize, g: usize, end: usize, s: usize, t: usize): void {
  const r = splat(rate), decay = splat(a), rest = splat(1 - a), e = splat(epsilon)
  for (; g < end; g += 16, w += 16, s += 16, t += 16) {
    const x = v128.load(g), v = v128.load(s), d = v128.load(t)
    const step = f32x4.mul(f32x4.div(f32x4.sqrt(f32x4.add(d, e)), f32x4.sqrt(f32x4.add(v, e))), x)
    v128.store(s, blend(v, f32x4.mul(x, x), decay, rest))
    v128.store(t, blend(d, f32x4.mul(step, step), decay, rest))
    subtract(w, f32x4.mul(r, step))
  }
}
