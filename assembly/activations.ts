// Activations and their gradients. Forward: y = f(x) for `rows` rows of `width` numbers that lie `lanes` apart; padding
// becomes 0 also where f(0) is not 0. Gradient: g = d * f'(x), computed from what `saved` holds: y, or x for the four at
// the end of this file. All may work in place. `p` is the parameter of those that have one.
import { choose, columnMask, madd, splat } from './arithmetic'
import { erf, exp, sigmoid as sigmoid4, softplus as softplus4, tanh as tanh4 } from './math'

// The names of functions below as constants: `forward` and `backward` are inlined with one of them, and all other
// branches fall away.
const RELU = 0, RELU6 = 1, SIGMOID = 2, HARD_SIGMOID = 3, SOFTPLUS = 4, SOFTSIGN = 5, TANH = 6, ELU = 7, SELU = 8
const LEAKY = 9, GELU = 10, GELU_NEW = 11, MISH = 12, SWISH = 13, CAPPED = 14, THRESHOLDED = 15

const SELU_SCALE: f32 = 1.05070098, SELU_ALPHA: f32 = 1.67326324

// @ts-ignore: decorator
@inline
function value(kind: i32, x: v128, p: v128): v128 {
  const zero = splat(0), one = splat(1)
  if (kind == RELU) return f32x4.pmax(x, zero)
  if (kind == RELU6) return f32x4.min(f32x4.max(x, zero), splat(6))
  if (kind == SIGMOID) return sigmoid4(x)
  if (kind == HARD_SIGMOID) return f32x4.min(f32x4.max(madd(x, splat(0.2), splat(0.5)), zero), one)
  if (kind == SOFTPLUS) return softplus4(x)
  if (kind == SOFTSIGN) return f32x4.div(x, f32x4.add(one, f32x4.abs(x)))
  if (kind == TANH) return tanh4(x)
  if (kind == ELU) return choose(f32x4.gt(x, zero), x, f32x4.sub(exp(x), one))
  if (kind == SELU) {
    return f32x4.mul(splat(SELU_SCALE), choose(f32x4.gt(x, zero), x, f32x4.mul(splat(SELU_ALPHA), f32x4.sub(exp(x), one))))
  }
  if (kind == LEAKY) return choose(f32x4.gt(x, zero), x, f32x4.mul(x, p))
  if (kind == CAPPED) return f32x4.min(f32x4.max(x, zero), p)
  if (kind == THRESHOLDED) return v128.and(x, f32x4.gt(x, p))
  if (kind == GELU) return f32x4.mul(x, normal(x))
  if (kind == GELU_NEW) return f32x4.mul(f32x4.mul(splat(0.5), x), f32x4.add(one, tanh4(bent(x))))
  if (kind == MISH) return f32x4.mul(x, tanh4(softplus4(x)))
  return f32x4.mul(x, sigmoid4(x))
}

/** Distribution function of the standard normal. */
// @ts-ignore: decorator
@inline
function normal(x: v128): v128 {
  return f32x4.mul(splat(0.5), f32x4.add(splat(1), erf(f32x4.mul(x, splat(0.707106781)))))
}

/** sqrt(2 / pi) (x + 0.044715 x^3). */
// @ts-ignore: decorator
@inline
function bent(x: v128): v128 {
  return f32x4.mul(splat(0.797884561), madd(f32x4.mul(splat(0.044715), f32x4.mul(x, x)), x, x))
}

/** f' from y where that is enough, otherwise from x. */
// @ts-ignore: decorator
@inline
function slope(kind: i32, y: v128, p: v128): v128 {
  const zero = splat(0), one = splat(1)
  if (kind == RELU) return v128.and(one, f32x4.gt(y, zero))
  if (kind == RELU6) return v128.and(one, v128.and(f32x4.gt(y, zero), f32x4.lt(y, splat(6))))
  if (kind == SIGMOID) return f32x4.mul(y, f32x4.sub(one, y))
  if (kind == HARD_SIGMOID) return v128.and(splat(0.2), v128.and(f32x4.gt(y, zero), f32x4.lt(y, one)))
  if (kind == SOFTPLUS) return f32x4.sub(one, exp(f32x4.neg(y)))
  if (kind == SOFTSIGN) {
    const r = f32x4.sub(one, f32x4.abs(y))
    return f32x4.mul(r, r)
  }
  if (kind == TANH) return f32x4.sub(one, f32x4.mul(y, y))
  if (kind == ELU) return choose(f32x4.gt(y, zero), one, f32x4.add(y, one))
  if (kind == SELU) {
    return choose(f32x4.gt(y, zero), splat(SELU_SCALE), f32x4.add(y, splat(SELU_SCALE * SELU_ALPHA)))
  }
  if (kind == LEAKY) return choose(f32x4.gt(y, zero), one, p)
  if (kind == CAPPED) return v128.and(one, v128.and(f32x4.gt(y, zero), f32x4.lt(y, p)))
  if (kind == THRESHOLDED) return v128.and(one, f32x4.gt(y, p))
  const x = y
  if (kind == GELU) {
    return madd(x, f32x4.mul(splat(0.398942280), exp(f32x4.mul(splat(-0.5), f32x4.mul(x, x)))), normal(x))
  }
  if (kind == GELU_NEW) {
    const t = tanh4(bent(x)), inner = madd(splat(0.134145 * 0.797884561), f32x4.mul(x, x), splat(0.797884561))
    const half = f32x4.mul(splat(0.5), f32x4.add(one, t))
    return madd(f32x4.mul(f32x4.mul(splat(0.5), x), f32x4.sub(one, f32x4.mul(t, t))), inner, half)
  }
  if (kind == MISH) {
    const t = tanh4(softplus4(x))
    return madd(f32x4.mul(x, sigmoid4(x)), f32x4.sub(one, f32x4.mul(t, t)), t)
  }
  const s = sigmoid4(x)
  return f32x4.mul(s, madd(x, f32x4.sub(one, s), one))
}

// @ts-ignore: decorator
@inline
function forward(kind: i32, x: usize, y: usize, rows: i32, width: i32, lanes: i32, p: f32): void {
  const q = splat(p)
  if (width == lanes) {
    width = lanes = rows * width
    rows = 1
  }
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < lanes; c += 4, x += 16, y += 16) {
      v128.store(y, v128.and(value(kind, v128.load(x), q), columnMask(c, width)))
    }
  }
}

// @ts-ignore: decorator
@inline
function backward(kind: i32, saved: usize, d: usize, g: usize, count: i32, p: f32): void {
  const q = splat(p)
  for (const end = d + (<usize>count << 2); d < end; d += 16, g += 16, saved += 16) {
    v128.store(g, f32x4.mul(v128.load(d), slope(kind, v128.load(saved), q)))
  }
}

export function relu(x: usize, y: usize, rows: i32, width: i32, lanes: i32): void {
  forward(RELU, x, y, rows, width, lanes, 0)
}
export function reluGradient(saved: usize, d: usize, g: usize, count: i32): void {
  backward(RELU, saved, d, g, count, 0)
}
export function relu6(x: usize, y: usize, rows: i32, width: i32, lanes: i32): void {
  forward(RELU6, x, y, rows, width, lanes, 0)
}
export function relu6Gradient(saved: usize, d: usize, g: usize, count: i32): void {
  backward(RELU6, saved, d, g, count, 0)
}
export function sigmoid(x: usize, y: usize, rows: i32, width: i32, lanes: i32): void {
  forward(SIGMOID, x, y, rows, width, lanes, 0)
}
export function sigmoidGradient(saved: usize, d: usize, g: usize, count: i32): void {
  backward(SIGMOID, saved, d, g, count, 0)
}
export function hardSigmoid(x: usize, y: usize, rows: i32, width: i32, lanes: i32): void {
  forward(HARD_SIGMOID, x, y, rows, width, lanes, 0)
}
export function hardSigmoidGradient(saved: usize, d: usize, g: usize, count: i32): void {
  backward(HARD_SIGMOID, saved, d, g, count, 0)
}
export function softplus(x: usize, y: usize, rows: i32, width: i32, lanes: i32): void {
  forward(SOFTPLUS, x, y, rows, width, lanes, 0)
}
export function softplusGradient(saved: usize, d: usize, g: usize, count: i32): void {
  backward(SOFTPLUS, saved, d, g, count, 0)
}
export function softsign(x: usize, y: usize, rows: i32, width: i32, lanes: i32): void {
  forward(SOFTSIGN, x, y, rows, width, lanes, 0)
}
export function softsignGradient(saved: usize, d: usize, g: usize, count: i32): void {
  backward(SOFTSIGN, saved, d, g, count, 0)
}
export function tanh(x: usize, y: usize, rows: i32, width: i32, lanes: i32): void {
  forward(TANH, x, y, rows, width, lanes, 0)
}
export function tanhGradient(saved: usize, d: usize, g: usize, count: i32): void {
  backward(TANH, saved, d, g, count, 0)
}
export function elu(x: usize, y: usize, rows: i32, width: i32, lanes: i32): void {
  forward(ELU, x, y, rows, width, lanes, 0)
}
export function eluGradient(saved: usize, d: usize, g: usize, count: i32): void {
  backward(ELU, saved, d, g, count, 0)
}
export function selu(x: usize, y: usize, rows: i32, width: i32, lanes: i32): void {
  forward(SELU, x, y, rows, width, lanes, 0)
}
export function seluGradient(saved: usize, d: usize, g: usize, count: i32): void {
  backward(SELU, saved, d, g, count, 0)
}
export function leakyRelu(x: usize, y: usize, rows: i32, width: i32, lanes: i32, p: f32): void {
  forward(LEAKY, x, y, rows, width, lanes, p)
}
export function leakyReluGradient(saved: usize, d: usize, g: usize, count: i32, p: f32): void {
  backward(LEAKY, saved, d, g, count, p)
}
export function cappedRelu(x: usize, y: usize, rows: i32, width: i32, lanes: i32, p: f32): void {
  forward(CAPPED, x, y, rows, width, lanes, p)
}
export function cappedReluGradient(saved: usize, d: usize, g: usize, count: i32, p: f32): void {
  backward(CAPPED, saved, d, g, count, p)
}
export function thresholdedRelu(x: usize, y: usize, rows: i32, width: i32, lanes: i32, p: f32): void {
  forward(THRESHOLDED, x, y, rows, width, lanes, p)
}
export function thresholdedReluGradient(saved: usize, d: usize, g: usize, count: i32, p: f32): void {
  backward(THRESHOLDED, saved, d, g, count, p)
}
// From here on `saved` is x.
export function gelu(x: usize, y: usize, rows: i32, width: i32, lanes: i32): void {
  forward(GELU, x, y, rows, width, lanes, 0)
}
export function geluGradient(saved: usize, d: usize, g: usize, count: i32): void {
  backward(GELU, saved, d, g, count, 0)
}
export function geluNew(x: usize, y: usize, rows: i32, width: i32, lanes: i32): void {
  forward(GELU_NEW, x, y, rows, width, lanes, 0)
}
export function geluNewGradient(saved: usize, d: usize, g: usize, count: i32): void {
  backward(GELU_NEW, saved, d, g, count, 0)
}
export function mish(x: usize, y: usize, rows: i32, width: i32, lanes: i32): void {
  forward(MISH, x, y, rows, width, lanes, 0)
}
export function mishGradient(saved: usize, d: usize, g: usize, count: i32): void {
  backward(MISH, saved, d, g, count, 0)
}
export function swish(x: usize, y: usize, rows: i32, width: i32, lanes: i32): void {
  forward(SWISH, x, y, rows, width, lanes, 0)
}
export function swishGradient(saved: usize, d: usize, g: usize, count: i32): void {
  backward(SWISH, saved, d, g, count, 0)
}
