/** Images in double precision, [rows][height][width][channels]. */
export interface Images64 {
  readonly rows: number
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly values: readonly number[]
}

/** A convolution without strides; the kernel is [size][size][channels][filters]. */
export interface Convolution64 {
  readonly size: number
  readonly same: boolean
  readonly relu: boolean
  readonly kernel: number[]
  readonly bias: number[]
}

export function convolve64({ rows, height, width, channels, values }: Images64, layer: Convolution64): Images64 {
  const { size, same, relu, kernel, bias } = layer
  const filters = bias.length
  const border = same ? (size - 1) >> 1 : 0
  const [tall, wide] = same ? [height, width] : [height - size + 1, width - size + 1]
  const out = new Array<number>(rows * tall * wide * filters)
  for (let b = 0; b < rows; b++) {
    for (let i = 0; i < tall; i++) {
      for (let j = 0; j < wide; j++) {
        for (let f = 0; f < filters; f++) {
          let sum = bias[f] as number
          for (let r = 0; r < size; r++) {
            for (let s = 0; s < size; s++) {
              const [y, x] = [i + r - border, j + s - border]
              if (y < 0 || x < 0 || y >= height || x >= width) continue
              const [pixel, tap] = [((b * height + y) * width + x) * channels, (r * size + s) * channels]
              for (let c = 0; c < channels; c++) {
                sum += (values[pixel + c] as number) * (kernel[(tap + c) * filters + f] as number)
              }
            }
          }
          out[((b * tall + i) * wide + j) * filters + f] = relu ? Math.max(0, sum) : sum
        }
      }
    }
  }
  return { rows, height: tall, width: wide, channels: filters, values: out }
}

/** Mean squared error of a stack of convolutions. */
function loss64(images: Images64, layers: readonly Convolution64[], targets: readonly number[]): number {
  const { values } = layers.reduce(convolve64, images)
  return values.reduce((sum, value, i) => sum + (value - (targets[i] as number)) ** 2, 0) / values.length
}

/** Gradients of all weights by central differences, kernel and bias of each layer. */
export function gradients64(
  images: Images64,
  layers: readonly Convolution64[],
  targets: readonly number[],
): number[][] {
  // So small that hardly a sum goes through the bend of a relu.
  const step = 1e-7
  return layers.flatMap(({ kernel, bias }) =>
    [kernel, bias].map((weights) =>
      weights.map((value, i) => {
        const at = (moved: number) => {
          weights[i] = moved
          return loss64(images, layers, targets)
        }
        const slope = (at(value + step) - at(value - step)) / (2 * step)
        weights[i] = value
        return slope
      }),
    ),
  )
}
