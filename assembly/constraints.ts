/**
 * Brings the norms of groups of weights into [low, high], all the way or by the share `rate`. `places` lists the floats
 * of w: `groups` groups of `size` after each other.
 */
export function constrainNorms(
  w: usize, places: usize, groups: i32, size: i32, low: f32, high: f32, rate: f32,
): void {
  const bytes = <usize>size << 2
  for (let i = 0; i < groups; i++, places += bytes) {
    let sum: f64 = 0
    for (let at: usize = 0; at < bytes; at += 4) {
      const x = <f64>load<f32>(w + (<usize>load<u32>(places + at) << 2))
      sum += x * x
    }
    const norm = <f32>sqrt(sum)
    const wanted = rate * min(max(norm, low), high) + (1 - rate) * norm
    const factor = wanted / (norm + <f32>1e-7)
    for (let at: usize = 0; at < bytes; at += 4) {
      const place = w + (<usize>load<u32>(places + at) << 2)
      store<f32>(place, load<f32>(place) * factor)
    }
  }
}
