// Winograd's convolution F(4x4, 3x3): the transforms of one line of a tile, for all lines of four channels. See Lavin and
// Gray, "Fast algorithms for convolutional neural networks", 2015. A tile makes 4 x 4 pixels of the output from 6 x 6 of the
// input; where a direct convolution takes 144 products for that, it takes 36. The polynomials are taken at 0, 3/4, -3/4, 3/2,
// -3/2 and infinity, which costs a third of the rounding errors of the usual 0, 1, -1, 2, -2 and infinity; see Barabasz,
// Anderson, Soodhalter and Gregg, "Error analysis and improving the accuracy of Winograd convolution", 2020.
//
// Each reads numbers that lie `step` bytes apart from p on, and writes to q, `stepOut` bytes apart.
import { madd, splat } from './arithmetic'

const A: f32 = 0.75, A2: f32 = 0.5625, A3: f32 = 0.421875
const B: f32 = 1.5, B2: f32 = 2.25, B3: f32 = 3.375
const SUM: f32 = A2 + B2, PRODUCT: f32 = A2 * B2
/** 1 over what the polynomials are at their own points. */
const AT_0: f32 = 1 / PRODUCT, AT_A: f32 = 1 / (2 * A2 * (A2 - B2)), AT_B: f32 = 1 / (2 * B2 * (B2 - A2))

/** Six numbers of x -> six. */
// @ts-ignore: decorator
@inline
export function inputLine(p: usize, step: usize, q: usize, stepOut: usize): void {
  const d0 = v128.load(p), d1 = v128.load(p + step), d2 = v128.load(p + 2 * step)
  const d3 = v128.load(p + 3 * step), d4 = v128.load(p + 4 * step), d5 = v128.load(p + 5 * step)
  v128.store(q, madd(splat(-SUM), d2, madd(splat(PRODUCT), d0, d4))); q += stepOut
  let even = madd(splat(-B2), d2, d4), odd = madd(splat(-B2), d1, d3)
  v128.store(q, madd(splat(A), odd, even)); q += stepOut
  v128.store(q, madd(splat(-A), odd, even)); q += stepOut
  even = madd(splat(-A2), d2, d4)
  odd = madd(splat(-A2), d1, d3)
  v128.store(q, madd(splat(B), odd, even)); q += stepOut
  v128.store(q, madd(splat(-B), odd, even)); q += stepOut
  v128.store(q, madd(splat(-SUM), d3, madd(splat(PRODUCT), d1, d5)))
}

// @ts-ignore: decorator
@inline
function put(at: usize, v: v128, add: bool): void {
  v128.store(at, add ? f32x4.add(v128.load(at), v) : v)
}

/** Its transpose: six gradients -> six, which are added to what is there where `add` is true. */
// @ts-ignore: decorator
@inline
export function inputGradientLine(p: usize, step: usize, q: usize, stepOut: usize, add: bool): void {
  const m0 = v128.load(p), m1 = v128.load(p + step), m2 = v128.load(p + 2 * step)
  const m3 = v128.load(p + 3 * step), m4 = v128.load(p + 4 * step), m5 = v128.load(p + 5 * step)
  const evenA = f32x4.add(m1, m2), oddA = f32x4.mul(splat(A), f32x4.sub(m1, m2))
  const evenB = f32x4.add(m3, m4), oddB = f32x4.mul(splat(B), f32x4.sub(m3, m4))
  put(q, f32x4.mul(splat(PRODUCT), m0), add); q += stepOut
  put(q, madd(splat(-B2), oddA, madd(splat(-A2), oddB, f32x4.mul(splat(PRODUCT), m5))), add); q += stepOut
  put(q, madd(splat(-B2), evenA, madd(splat(-A2), evenB, f32x4.mul(splat(-SUM), m0))), add); q += stepOut
  put(q, madd(splat(-SUM), m5, f32x4.add(oddA, oddB)), add); q += stepOut
  put(q, f32x4.add(m0, f32x4.add(evenA, evenB)), add); q += stepOut
  put(q, m5, add)
}

/** Six numbers -> four of y, with `bias` added to each, and not below `floor`. */
// @ts-ignore: decorator
@inline
export function outputLine(p: usize, step: usize, q: usize, stepOut: usize, bias: v128, floor: v128): void {
  const m0 = v128.load(p), m1 = v128.load(p + step), m2 = v128.load(p + 2 * step)
  const m3 = v128.load(p + 3 * step), m4 = v128.load(p + 4 * step), m5 = v128.load(p + 5 * step)
  const evenA = f32x4.add(m1, m2), oddA = f32x4.sub(m1, m2), evenB = f32x4.add(m3, m4), oddB = f32x4.sub(m3, m4)
  v128.store(q, f32x4.pmax(f32x4.add(f32x4.add(m0, f32x4.add(evenA, evenB)), bias), floor)); q += stepOut
  v128.store(q, f32x4.pmax(madd(splat(A), oddA, madd(splat(B), oddB, bias)), floor)); q += stepOut
  v128.store(q, f32x4.pmax(madd(splat(A2), evenA, madd(splat(B2), evenB, bias)), floor)); q += stepOut
  v128.store(q, f32x4.pmax(madd(splat(A3), oddA, madd(splat(B3), oddB, f32x4.add(m5, bias))), floor))
}

/** Its transpose: four gradients -> six. */
// @ts-ignore: decorator
@inline
export function outputGradientLine(d0: v128, d1: v128, d2: v128, d3: v128, q: usize, stepOut: usize): void {
  v128.store(q, d0); q += stepOut
  let even = madd(splat(A2), d2, d0), odd = madd(splat(A3), d3, f32x4.mul(splat(A), d1))
  v128.store(q, f32x4.add(even, odd)); q += stepOut
  v128.store(q, f32x4.sub(even, odd)); q += stepOut
  even = madd(splat(B2), d2, d0)
  odd = madd(splat(B3), d3, f32x4.mul(splat(B), d1))
  v128.store(q, f32x4.add(even, odd)); q += stepOut
  v128.store(q, f32x4.sub(even, odd)); q += stepOut
  v128.store(q, d3)
}

/** Three weights -> six. */
// @ts-ignore: decorator
@inline
export function kernelLine(p: usize, step: usize, q: usize, stepOut: usize): void {
  const a = v128.load(p), b = v128.load(p + step), c = v128.load(p + 2 * step)
  v128.store(q, f32x4.mul(splat(AT_0), a)); q += stepOut
  let even = f32x4.mul(splat(AT_A), madd(splat(A2), c, a)), odd = f32x4.mul(splat(A * AT_A), b)
  v128.store(q, f32x4.add(even, odd)); q += stepOut
  v128.store(q, f32x4.sub(even, odd)); q += stepOut
  even = f32x4.mul(splat(AT_B), madd(splat(B2), c, a))
  odd = f32x4.mul(splat(B * AT_B), b)
  v128.store(q, f32x4.add(even, odd)); q += stepOut
  v128.store(q, f32x4.sub(even, odd)); q += stepOut
  v128.store(q, c)
}

/** Its transpose: six gradients -> three. */
// @ts-ignore: decorator
@inline
export function kernelGradientLine(p: usize, step: usize, q: usize, stepOut: usize): void {
  const m0 = v128.load(p), m1 = v128.load(p + step), m2 = v128.load(p + 2 * step)
  const m3 = v128.load(p + 3 * step), m4 = v128.load(p + 4 * step), m5 = v128.load(p + 5 * step)
  const evenA = f32x4.mul(splat(AT_A), f32x4.add(m1, m2)), oddA = f32x4.sub(m1, m2)
  const evenB = f32x4.mul(splat(AT_B), f32x4.add(m3, m4)), oddB = f32x4.sub(m3, m4)
  v128.store(q, madd(splat(AT_0), m0, f32x4.add(evenA, evenB))); q += stepOut
  v128.store(q, madd(splat(A * AT_A), oddA, f32x4.mul(splat(B * AT_B), oddB))); q += stepOut
  v128.store(q, madd(splat(A2), evenA, madd(splat(B2), evenB, m5)))
}
