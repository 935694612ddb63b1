// Tensors of one layout joined number by number, padding included, and tensors laid side by side. Counts of floats are
// multiples of 4 where nothing else is said.
import { splat } from './arithmetic'

/** z = x + y. */
export function addTensors(x: usize, y: usize, z: usize, count: i32): void {
  for (const end = x + (<usize>count << 2); x < end; x += 16, y += 16, z += 16) {
    v128.store(z, f32x4.add(v128.load(x), v128.load(y)))
  }
}

/** z = x y. */
export function multiplyTensors(x: usize, y: usize, z: usize, count: i32): void {
  for (const end = x + (<usize>count << 2); x < end; x += 16, y += 16, z += 16) {
    v128.store(z, f32x4.mul(v128.load(x), v128.load(y)))
  }
}

/** z = the larger of x and y. */
export function maximumTensors(x: usize, y: usize, z: usize, count: i32): void {
  for (const end = x + (<usize>count << 2); x < end; x += 16, y += 16, z += 16) {
    v128.store(z, f32x4.max(v128.load(x), v128.load(y)))
  }
}

/** z = the smaller of x and y. */
export function minimumTensors(x: usize, y: usize, z: usize, count: i32): void {
  for (const end = x + (<usize>count << 2); x < end; x += 16, y += 16, z += 16) {
    v128.store(z, f32x4.min(v128.load(x), v128.load(y)))
  }
}

/** y = x * factor. May work in place. */
export function scaleTensor(x: usize, y: usize, factor: f32, count: i32): void {
  const f = splat(factor)
  for (const end = x + (<usize>count << 2); x < end; x += 16, y += 16) v128.store(y, f32x4.mul(v128.load(x), f))
}

/** Moves d to g wherever x is y, and leaves 0 behind: whoever asks first gets the gradient of an extreme. */
export function claimGradient(x: usize, y: usize, d: usize, g: usize, count: i32): void {
  for (const end = x + (<usize>count << 2); x < end; x += 16, y += 16, d += 16, g += 16) {
    const own = f32x4.eq(v128.load(x), v128.load(y)), gradient = v128.load(d)
    v128.store(g, v128.and(gradient, own))
    v128.store(d, v128.andnot(gradient, own))
  }
}

/** Copies `count` blocks of `size` floats, any number, from places `from` apart to places `to` apart; then `zeros` zeros. */
export function copyBlocks(x: usize, y: usize, count: i32, size: i32, from: i32, to: i32, zeros: i32): void {
  const bytes = <usize>size << 2, tail = <usize>zeros << 2
  for (let i = 0; i < count; i++, x += <usize>from << 2, y += <usize>to << 2) {
    memory.copy(y, x, bytes)
    memory.fill(y + bytes, 0, tail)
  }
}

/** z [rows][lanes] = the product of two lines in its first column, zeros behind. Lines x, y are `width` floats. */
export function dotLines(x: usize, y: usize, z: usize, rows: i32, width: i32, lanes: i32): void {
  const line = <usize>lanes << 2
  for (let r = 0; r < rows; r++, z += line) {
    let sum = splat(0)
    for (const end = x + (<usize>width << 2); x < end; x += 16, y += 16) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(x), v128.load(y)))
    }
    memory.fill(z, 0, line)
    store<f32>(z, f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)))
  }
}

/** g = other * (first column of d): the gradient of one of two lines. */
export function dotGradient(other: usize, d: usize, g: usize, rows: i32, width: i32, lanes: i32): void {
  for (let r = 0; r < rows; r++, d += <usize>lanes << 2) {
    const slope = v128.load32_splat(d)
    for (const end = g + (<usize>width << 2); g < end; g += 16, other += 16) {
      v128.store(g, f32x4.mul(v128.load(other), slope))
    }
  }
}
