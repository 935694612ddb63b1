// Convolutions of each channel by itself. How the kernel lies over x is told as in convolution.ts, with one piece of
// `lanes` floats (a multiple of 8) for each tap; weights lie as lines [kernelRows * taps][lanes].
import { madd, splat } from './arithmetic'

/** z = patches of x times w, summed over the kernel, + bias; bias 0 stands for none. */
export function depthwiseForward(
  x: usize, w: usize, bias: usize, z: usize, images: i32, height: i32, width: i32, imageStep: i32, rowStep: i32,
  step: i32, kernelRows: i32, rowTap: i32, taps: i32, tap: i32, lanes: i32,
): void {
  const line = <usize>lanes << 2, next = <usize>tap << 2, nextRow = <usize>(rowTap - taps * tap) << 2
  for (let b = 0; b < images; b++) for (let i = 0; i < height; i++) {
    let at = x + (<usize>(b * imageStep + i * rowStep) << 2)
    for (let j = 0; j < width; j++, at += <usize>step << 2, z += line) for (let c: usize = 0; c < line; c += 32) {
      let s0 = bias ? v128.load(bias + c) : splat(0), s1 = bias ? v128.load(bias + c, 16) : splat(0)
      let p = at + c, q = w + c
      for (let r = 0; r < kernelRows; r++, p += nextRow) for (let t = 0; t < taps; t++, p += next, q += line) {
        s0 = madd(v128.load(p), v128.load(q), s0)
        s1 = madd(v128.load(p, 16), v128.load(q, 16), s1)
      }
      v128.store(z + c, s0)
      v128.store(z + c, s1, 16)
    }
  }
}

/** The reverse: d times w is added into the places of g (cleared before) that it came from. */
export function depthwiseScatter(
  d: usize, w: usize, g: usize, images: i32, height: i32, width: i32, imageStep: i32, rowStep: i32,
  step: i32, kernelRows: i32, rowTap: i32, taps: i32, tap: i32, lanes: i32,
): void {
  const line = <usize>lanes << 2, next = <usize>tap << 2, nextRow = <usize>(rowTap - taps * tap) << 2
  for (let b = 0; b < images; b++) for (let i = 0; i < height; i++) {
    let at = g + (<usize>(b * imageStep + i * rowStep) << 2)
    for (let j = 0; j < width; j++, at += <usize>step << 2, d += line) for (let c: usize = 0; c < line; c += 16) {
      const v = v128.load(d + c)
      let p = at + c, q = w + c
      for (let r = 0; r < kernelRows; r++, p += nextRow) for (let t = 0; t < taps; t++, p += next, q += line) {
        v128.store(p, madd(v, v128.load(q), v128.load(p)))
      }
    }
  }
}

/** g = patches of x times d, summed over all pixels: lines [kernelRows * taps][lanes]. */
export function depthwiseGradient(
  x: usize, d: usize, g: usize, images: i32, height: i32, width: i32, imageStep: i32, rowStep: i32,
  step: i32, kernelRows: i32, rowTap: i32, taps: i32, tap: i32, lanes: i32,
): void {
  const line = <usize>lanes << 2, pixel = <usize>step << 2
  memory.fill(g, 0, <usize>(kernelRows * taps) * line)
  for (let b = 0; b < images; b++, x += <usize>imageStep << 2, d += <usize>(height * width) * line) {
    let q = g
    for (let r = 0; r < kernelRows; r++) for (let t = 0; t < taps; t++) for (let c: usize = 0; c < line; c += 16, q += 16) {
      let sum = v128.load(q), e = d + c
      for (let i = 0; i < height; i++) {
        let p = x + (<usize>(i * rowStep + r * rowTap + t * tap) << 2) + c
        for (const end = e + <usize>width * line; e < end; e += line, p += pixel) {
          sum = madd(v128.load(p), v128.load(e), sum)
        }
      }
      v128.store(q, sum)
    }
  }
}

/** Every number of a line of x `times` times side by side in y. */
export function repeatChannels(x: usize, y: usize, lines: i32, width: i32, lanes: i32, times: i32, outLanes: i32): void {
  memory.fill(y, 0, <usize>(lines * outLanes) << 2)
  for (let i = 0; i < lines; i++, x += <usize>lanes << 2, y += <usize>outLanes << 2) {
    let to = y
    for (let c = 0; c < width; c++) {
      const v = load<f32>(x + (<usize>c << 2))
      for (let k = 0; k < times; k++, to += 4) store<f32>(to, v)
    }
  }
}

/** The reverse: y = sums of `times` numbers of x that lie side by side. */
export function sumChannels(x: usize, y: usize, lines: i32, width: i32, lanes: i32, times: i32, inLanes: i32): void {
  memory.fill(y, 0, <usize>(lines * lanes) << 2)
  for (let i = 0; i < lines; i++, x += <usize>inLanes << 2, y += <usize>lanes << 2) {
    let from = x
    for (let c = 0; c < width; c++) {
      let sum: f32 = 0
      for (let k = 0; k < times; k++, from += 4) sum += load<f32>(from)
      store<f32>(y + (<usize>c << 2), sum)
    }
  }
}
