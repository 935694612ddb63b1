/** a * b + c: one rounding in the fma module (relaxed SIMD, used only where it was probed to fuse), two in the strict one. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c)
  return f32x4.add(f32x4.mul(a, b), c)
}

// @ts-ignore: decorator
@inline
export function splat(x: f32): v128 {
  return f32x4.splat(x)
}

/** Ones where column `column` + 0, 1, 2, 3 is below `width`: what is left of a vector at the end of a row. */
// @ts-ignore: decorator
@inline
export function columnMask(column: i32, width: i32): v128 {
  return i32x4.gt_s(i32x4.splat(width - column), i32x4(0, 1, 2, 3))
}

/** Sum of four floats in double precision, in a fixed order. */
// @ts-ignore: decorator
@inline
export function sum4(x: v128): f64 {
  return (
    <f64>f32x4.extract_lane(x, 0) +
    <f64>f32x4.extract_lane(x, 1) +
    (<f64>f32x4.extract_lane(x, 2) + <f64>f32x4.extract_lane(x, 3))
  )
}

/** `yes` where the mask is set, otherwise `no`. */
// @ts-ignore: decorator
@inline
export function choose(mask: v128, yes: v128, no: v128): v128 {
  return v128.bitselect(yes, no, mask)
}
