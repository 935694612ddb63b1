import type { Kernels } from '../kernels/signatures.ts'
import { floatsOf } from '../plan/tensor.ts'
import { numberIn } from './config.ts'
import type { LayerKind, Site } from './layer.ts'

type Forward = (x: number, y: number, rows: number, width: number, lanes: number, p: number) => void
type Gradient = (saved: number, d: number, g: number, count: number, p: number) => void

/** y = f(x) with a number that the layer was made with; its gradient is computed from x. */
function planRectifier(site: Site, text: string, forward: Forward, gradient: Gradient, p: number): void {
  const x = site.input()
  const y = site.output(x)
  site.forward(`y = ${text}`, ({ padded }) => forward(x.value.at, y.value.at, padded * y.lines, y.width, y.lanes, p))
  const d = y.gradient
  const g = site.inputGradient()
  if (!d || !g) return
  const floats = floatsOf(y)
  site.backward(`x.g = d · (${text})'`, ({ padded }) => gradient(x.value.at, d.at, g.at, padded * floats, p))
}

function rectifier(
  className: string,
  key: string,
  fallback: number,
  text: (p: number) => string,
  kernels: (kernels: Kernels) => readonly [Forward, Gradient],
): LayerKind {
  return {
    className,
    plan(site) {
      const p = numberIn(site.config, key, fallback)
      planRectifier(site, text(p), ...kernels(site.kernels), p)
    },
  }
}

/** max(0, x), and at most `maxValue` where that is given. */
export const relu = rectifier(
  'ReLU',
  'maxValue',
  Number.POSITIVE_INFINITY,
  (most) => (most === Number.POSITIVE_INFINITY ? 'relu(x)' : `min(relu(x), ${most})`),
  (k) => [k.cappedRelu, k.cappedReluGradient],
)

/** x above 0, otherwise `alpha` x (Maas et al., 2013). */
export const leakyRelu = rectifier(
  'LeakyReLU',
  'alpha',
  0.3,
  (alpha) => `leakyRelu(x, ${alpha})`,
  (k) => [k.leakyRelu, k.leakyReluGradient],
)

/** x above `theta`, otherwise 0 (Konda et al., 2015). */
export const thresholdedRelu = rectifier(
  'ThresholdedReLU',
  'theta',
  1,
  (theta) => `thresholdedRelu(x, ${theta})`,
  (k) => [k.thresholdedRelu, k.thresholdedReluGradient],
)
