import { madd, splat } from './arithmetic'

/** a * b + c as the kernels of this module compute it: tells whether the hardware fuses. */
export function multiplyAdd(a: f32, b: f32, c: f32): f32 {
  return f32x4.extract_lane(madd(splat(a), splat(b), splat(c)), 0)
}
