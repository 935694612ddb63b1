// Elementary functions of four floats at a time, from additions, products and divisions alone, so that no digit depends
// on the host. Polynomials and range reductions are those of S. L. Moshier's Cephes (single precision, about 2 ulp).
import { choose, madd, splat } from './arithmetic'

/** e^x. 0 below -87.3, infinite above 88.3. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const bounded = f32x4.min(f32x4.max(x, splat(-87.33654)), splat(88.72283))
  const n = f32x4.nearest(f32x4.mul(bounded, splat(1.44269504)))
  const r = madd(n, splat(2.1219444e-4), madd(n, splat(-0.693359375), bounded))
  let p = madd(splat(1.98756915e-4), r, splat(1.39819995e-3))
  p = madd(p, r, splat(8.33345191e-3))
  p = madd(p, r, splat(4.16657959e-2))
  p = madd(p, r, splat(1.66666655e-1))
  p = madd(p, r, splat(5.00000012e-1))
  p = f32x4.add(madd(p, f32x4.mul(r, r), r), splat(1))
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23)
  return v128.andnot(f32x4.mul(p, power), f32x4.lt(x, splat(-87.33654)))
}

/** Natural logarithm: -infinity at 0, NaN below. Subnormal numbers count as 0. */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  const one = splat(1)
  let e = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(126)))
  let m = v128.or(v128.and(x, i32x4.splat(0x7fffff)), i32x4.splat(0x3f000000))
  const low = f32x4.lt(m, splat(0.70710678))
  e = f32x4.sub(e, v128.and(one, low))
  m = f32x4.sub(f32x4.add(m, v128.and(m, low)), one)
  const z = f32x4.mul(m, m)
  let p = madd(splat(7.03768360e-2), m, splat(-1.15146101e-1))
  p = madd(p, m, splat(1.16769987e-1))
  p = madd(p, m, splat(-1.24201408e-1))
  p = madd(p, m, splat(1.42493233e-1))
  p = madd(p, m, splat(-1.66680576e-1))
  p = madd(p, m, splat(2.00007147e-1))
  p = madd(p, m, splat(-2.49999939e-1))
  p = madd(p, m, splat(3.33333313e-1))
  p = f32x4.mul(f32x4.mul(p, m), z)
  p = madd(e, splat(-2.1219444e-4), p)
  p = madd(z, splat(-0.5), p)
  let y = madd(e, splat(0.693359375), f32x4.add(m, p))
  y = choose(f32x4.lt(x, splat(1.17549435e-38)), splat(-f32.MAX_VALUE * 2), y)
  y = choose(f32x4.eq(x, splat(<f32>Infinity)), x, y)
  return choose(f32x4.ge(x, splat(0)), y, splat(<f32>NaN))
}

/** log(1 + x) for x >= 0 without losing the digits of a small x (W. Kahan's correction). */
// @ts-ignore: decorator
@inline
export function log1p(x: v128): v128 {
  const u = f32x4.add(x, splat(1))
  const d = f32x4.sub(u, splat(1))
  const y = f32x4.mul(log(u), f32x4.div(x, d))
  return choose(f32x4.eq(d, splat(0)), x, y)
}

// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const a = f32x4.abs(x)
  const large = f32x4.sub(splat(1), f32x4.div(splat(2), f32x4.add(exp(f32x4.add(a, a)), splat(1))))
  const signed = v128.or(large, v128.and(x, i32x4.splat(0x80000000)))
  const z = f32x4.mul(x, x)
  let p = madd(splat(-5.70498873e-3), z, splat(2.06390888e-2))
  p = madd(p, z, splat(-5.37397156e-2))
  p = madd(p, z, splat(1.33314422e-1))
  p = madd(p, z, splat(-3.33332819e-1))
  const small = madd(f32x4.mul(p, z), x, x)
  return choose(f32x4.lt(a, splat(0.625)), small, signed)
}

// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  return f32x4.div(splat(1), f32x4.add(splat(1), exp(f32x4.neg(x))))
}

/** log(1 + e^x). */
// @ts-ignore: decorator
@inline
export function softplus(x: v128): v128 {
  return f32x4.add(f32x4.max(x, splat(0)), log1p(exp(f32x4.neg(f32x4.abs(x)))))
}

/** Error function, to 1.5e-7 (Abramowitz and Stegun, 7.1.26). */
// @ts-ignore: decorator
@inline
export function erf(x: v128): v128 {
  const a = f32x4.abs(x)
  const t = f32x4.div(splat(1), madd(splat(0.3275911), a, splat(1)))
  let p = madd(splat(1.061405429), t, splat(-1.453152027))
  p = madd(p, t, splat(1.421413741))
  p = madd(p, t, splat(-0.284496736))
  p = madd(p, t, splat(0.254829592))
  const y = f32x4.sub(splat(1), f32x4.mul(f32x4.mul(p, t), exp(f32x4.neg(f32x4.mul(a, a)))))
  return v128.or(y, v128.and(x, i32x4.splat(0x80000000)))
}
