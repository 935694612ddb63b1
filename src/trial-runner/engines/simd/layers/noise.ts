import type { Kernels } from '../kernels/signatures.ts'
import { maskKey } from '../plan/mask-key.ts'
import type { Batch } from '../plan/step.ts'
import { floatsOf } from '../plan/tensor.ts'
import { numberIn } from './config.ts'
import type { LayerConfig, LayerKind } from './layer.ts'

/** Works on `rows` lines, from x to y, with a key (a, b). */
type Work = (x: number, y: number, rows: number, width: number, lanes: number, a: number, b: number) => void

interface Noise {
  readonly text: string
  readonly forward: Work
  /** With the same key as its forward step. */
  readonly backward: Work
}

/** A layer that disturbs training and lets evaluation pass; `undefined` where its setting disturbs nothing. */
function noise(className: string, make: (kernels: Kernels, config: LayerConfig) => Noise | undefined): LayerKind {
  return {
    className,
    supports: ({ config }) => (Array.isArray(config.noiseShape) ? 'its noiseShape' : true),
    plan(site) {
      const { kernels, index, seed } = site
      const made = make(kernels, site.config)
      if (made === undefined) return site.passThrough()
      const x = site.input()
      const y = site.output(x)
      const run = (work: Work, from: number, to: number, { padded, epoch, step }: Batch) =>
        work(from, to, padded * y.lines, y.width, y.lanes, ...maskKey(seed.value, epoch, step, index))
      site.training(`y = ${made.text}`, (batch) => run(made.forward, x.value.at, y.value.at, batch))
      const floats = floatsOf(y)
      site.evaluation('y = x', ({ padded }) => kernels.copy(x.value.at, y.value.at, padded * floats))
      const d = y.gradient
      const g = site.inputGradient()
      if (d && g) site.backward('x.g = d with the same noise', (batch) => run(made.backward, d.at, g.at, batch))
    },
  }
}

/** Adds normal numbers of standard deviation `stddev`. */
export const gaussianNoise = noise('GaussianNoise', (kernels, config) => {
  const deviation = numberIn(config, 'stddev', 0)
  if (deviation === 0) return undefined
  return {
    text: `x + noise of ${deviation}`,
    forward: (x, y, rows, width, lanes, a, b) => kernels.gaussianNoise(x, y, rows, width, lanes, a, b, deviation),
    backward: (d, g, rows, _, lanes) => kernels.copy(d, g, rows * lanes),
  }
})

/** Multiplies with normal numbers of mean 1 and the variance of dropout, rate / (1 - rate) (Srivastava et al., 2014). */
export const gaussianDropout = noise('GaussianDropout', (kernels, config) => {
  const rate = numberIn(config, 'rate', 0)
  if (rate <= 0 || rate >= 1) return undefined
  const deviation = Math.sqrt(rate / (1 - rate))
  const work: Work = (x, y, rows, width, lanes, a, b) =>
    kernels.gaussianDropout(x, y, rows, width, lanes, a, b, deviation)
  return { text: `x · noise of ${deviation}`, forward: work, backward: work }
})

/** Where selu ends on the left: -scale alpha. */
const SATURATED = -1.0507009873554805 * 1.6732632423543772

/** Dropout for selu, which keeps mean and variance (Klambauer et al., 2017). */
export const alphaDropout = noise('AlphaDropout', (kernels, config) => {
  const rate = numberIn(config, 'rate', 0)
  if (rate <= 0 || rate >= 1) return undefined
  const threshold = Math.round(rate * 2 ** 32)
  const scale = 1 / Math.sqrt((1 - rate) * (1 + rate * SATURATED * SATURATED))
  const shift = -scale * SATURATED * rate
  const dropped = scale * SATURATED + shift
  return {
    text: `alphaDropout(x, ${rate})`,
    forward: (x, y, rows, width, lanes, a, b) =>
      kernels.alphaDropout(x, y, rows, width, lanes, a, b, threshold, scale, shift, dropped),
    backward: (d, g, rows, width, lanes, a, b) =>
      kernels.alphaDropout(d, g, rows, width, lanes, a, b, threshold, scale, 0, 0),
  }
})
