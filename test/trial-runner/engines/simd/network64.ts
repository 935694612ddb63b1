// Fully connected networks in double precision, written to be obvious: a reference for gradients.

export interface Layer64 {
  readonly activation: Activation64
  /** [inputs][units]. */
  readonly kernel: number[][]
  readonly bias: number[]
  readonly l2: number
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
const softplus = (x: number) => Math.log1p(Math.exp(-Math.abs(x))) + Math.max(0, x)

export const activations64 = {
  linear: (x: number) => x,
  tanh: Math.tanh,
  sigmoid,
  softplus,
  softsign: (x: number) => x / (1 + Math.abs(x)),
  elu: (x: number) => (x > 0 ? x : Math.expm1(x)),
  selu: (x: number) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
  swish: (x: number) => x * sigmoid(x),
  mish: (x: number) => x * Math.tanh(softplus(x)),
  gelu_new: (x: number) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
} as const

export type Activation64 = keyof typeof activations64 | 'softmax'

export const losses64 = {
  meanSquaredError: mean((p, t) => (p - t) ** 2),
  logcosh: mean((p, t) => Math.log(Math.cosh(p - t))),
  poisson: mean((p, t) => p - t * Math.log(p + 1e-7)),
  binaryCrossentropy: mean((p, t) => -t * Math.log(p) - (1 - t) * Math.log(1 - p)),
  categoricalCrossentropy: (p: readonly number[], t: readonly number[]) =>
    -t.reduce((sum, share, i) => sum + share * Math.log(p[i] as number), 0),
  cosineProximity: (p: readonly number[], t: readonly number[]) => -dot(p, t) / Math.sqrt(dot(p, p) * dot(t, t)),
} as const

export type Loss64 = keyof typeof losses64

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0)
}

function mean(one: (p: number, t: number) => number) {
  return (p: readonly number[], t: readonly number[]) =>
    p.reduce((sum, value, i) => sum + one(value, t[i] as number), 0) / p.length
}

function activate(activation: Activation64, z: readonly number[]): number[] {
  if (activation !== 'softmax') return z.map(activations64[activation])
  const powers = z.map((value) => Math.exp(value - Math.max(...z)))
  const sum = powers.reduce((a, b) => a + b)
  return powers.map((power) => power / sum)
}

/** Mean loss over rows, and penalties. */
function loss64(
  layers: readonly Layer64[],
  loss: Loss64,
  rows: readonly number[][],
  targets: readonly number[][],
): number {
  const losses = rows.map((row, r) => {
    const prediction = layers.reduce((x, { kernel, bias, activation }) => {
      const z = bias.map((b, unit) =>
        kernel.reduce((sum, weights, i) => sum + (x[i] as number) * (weights[unit] as number), b),
      )
      return activate(activation, z)
    }, row)
    return losses64[loss](prediction, targets[r] as number[])
  })
  const penalty = layers.reduce((sum, { kernel, l2 }) => sum + l2 * dot(kernel.flat(), kernel.flat()), 0)
  return losses.reduce((a, b) => a + b) / rows.length + penalty
}

/** Gradients of all weights by central differences, kernel and bias of each layer, row-major. */
export function gradients64(
  layers: readonly Layer64[],
  loss: Loss64,
  rows: readonly number[][],
  targets: readonly number[][],
): number[][] {
  const step = 1e-5
  const slope = (weights: number[], i: number) => {
    const value = weights[i] as number
    const at = (moved: number) => {
      weights[i] = moved
      return loss64(layers, loss, rows, targets)
    }
    const difference = (at(value + step) - at(value - step)) / (2 * step)
    weights[i] = value
    return difference
  }
  return layers.flatMap(({ kernel, bias }) => [
    kernel.flatMap((weights) => weights.map((_, i) => slope(weights, i))),
    bias.map((_, i) => slope(bias, i)),
  ])
}
