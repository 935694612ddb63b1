// Counts of right answers: sums over rows of a row's score, as the losses are. Those that are losses too are in losses.ts.

// @ts-ignore: decorator
@inline
function top(x: usize, width: i32): i32 {
  let best = 0
  let value = load<f32>(x)
  for (let c = 1; c < width; c++) {
    const v = load<f32>(x + (<usize>c << 2))
    if (v > value) {
      value = v
      best = c
    }
  }
  return best
}

/** Share of a row's columns where p > 0.5 says what t says. */
export function binaryAccuracy(p: usize, t: usize, rows: i32, width: i32, lanes: i32): f64 {
  let right: i64 = 0
  for (let r = 0; r < rows; r++, p += <usize>lanes << 2, t += <usize>lanes << 2) {
    for (let c = 0; c < width; c++) {
      const at = <usize>c << 2
      if ((load<f32>(p + at) > 0.5 ? <f32>1 : <f32>0) == load<f32>(t + at)) right++
    }
  }
  return <f64>right / <f64>width
}

export function categoricalAccuracy(p: usize, t: usize, rows: i32, width: i32, lanes: i32): f64 {
  let right = 0
  for (let r = 0; r < rows; r++, p += <usize>lanes << 2, t += <usize>lanes << 2) {
    if (top(p, width) == top(t, width)) right++
  }
  return <f64>right
}

/** t holds one class number for each row. */
export function sparseCategoricalAccuracy(p: usize, t: usize, rows: i32, width: i32, lanes: i32): f64 {
  let right = 0
  for (let r = 0; r < rows; r++, p += <usize>lanes << 2, t += 4) {
    if (<f32>top(p, width) == load<f32>(t)) right++
  }
  return <f64>right
}
