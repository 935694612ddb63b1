import type { LayersModel } from '@tensorflow/tfjs-layers'
import { kerasMetricName } from '../../../../training/metric-names.ts'
import { collectorOf } from '../../keras/metric-function.ts'
import { layers } from '../../tfjs/tfjs.ts'
import type { Loss } from '../losses/loss.ts'
import { lossOf } from '../losses/registry.ts'
import { collected } from '../metrics/collected.ts'
import type { Metric } from '../metrics/metric.ts'
import { metricNamed } from '../metrics/registry.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import { readOptimizer } from '../optimizers/read-optimizer.ts'

/** What a model was compiled with, as far as one output goes. Names are Keras's. */
interface CompiledOutput {
  readonly loss: Loss
  /** Under which name its loss is reported; absent where the model has one output, whose loss is `loss`. */
  readonly lossName: string | undefined
  readonly metrics: readonly { readonly name: string; readonly metric: Metric }[]
}

export interface Compiled {
  readonly optimizer: Optimizer
  readonly outputs: readonly CompiledOutput[]
}

type Entry = unknown

/** Reads optimizer, losses and metrics of a compiled model; a text where one of them is not to be had here. */
export function readCompiled(model: LayersModel): Compiled | string {
  const optimizer = readOptimizer(model.optimizer)
  if (typeof optimizer === 'string') return optimizer
  const outputs: CompiledOutput[] = []
  for (const [i, output] of model.outputNames.entries()) {
    const prefix = model.outputNames.length > 1 ? `${output}_` : ''
    const entry = entryOf(model.loss, i, output)
    const loss = lossOf(entry)
    if (loss === undefined) return `loss ${nameOf(entry)}`
    const metrics: { name: string; metric: Metric }[] = []
    for (const wanted of metricsOf(model.metrics, output)) {
      const { name, metric } = readMetric(wanted, loss, model.outputs[i]?.shape.at(-1) ?? 1)
      if (metric === undefined) return `metric ${name}`
      if (metric.targets !== undefined && metric.targets !== loss.targets)
        return `metric ${name} with loss ${loss.name}`
      metrics.push({ name: prefix + kerasMetricName(name), metric })
    }
    outputs.push({ loss, lossName: prefix === '' ? undefined : `${prefix}loss`, metrics })
  }
  return { optimizer, outputs }
}

function nameOf(entry: Entry): string {
  return typeof entry === 'function' ? `function ${entry.name || '(without a name)'}` : String(entry)
}

/** The loss of output `i` out of one for all, a list, or one for each name. */
function entryOf(loss: Entry, i: number, output: string): Entry {
  if (Array.isArray(loss)) return loss[i]
  return typeof loss === 'object' && loss !== null ? (loss as Record<string, Entry>)[output] : loss
}

function metricsOf(metrics: Entry, output: string): readonly Entry[] {
  if (metrics === undefined || metrics === null) return []
  if (typeof metrics === 'object' && !Array.isArray(metrics)) {
    return [(metrics as Record<string, Entry>)[output] ?? []].flat()
  }
  return [metrics].flat()
}

/** tfjs's choice of an accuracy by the loss, and its names. */
function readMetric(wanted: Entry, loss: Loss, width: number): { name: string; metric: Metric | undefined } {
  const collector = collectorOf(wanted)
  if (typeof wanted === 'function' && collector) return { name: wanted.name, metric: collected([], collector) }
  if (typeof wanted === 'function') {
    const own = Object.entries(layers.metrics).find(([, metric]) => metric === wanted)
    return { name: own ? wanted.name : nameOf(wanted), metric: own && metricNamed(own[0]) }
  }
  const name = String(wanted)
  const short = /^(acc|accuracy)$/.test(name) ? 'acc' : /^(ce|crossentropy)$/.test(name) ? 'ce' : undefined
  if (short === undefined) return { name, metric: metricNamed(name) }
  const family =
    width === 1 || loss.name === 'binaryCrossentropy'
      ? 'binary'
      : loss.name === 'sparseCategoricalCrossentropy'
        ? 'sparseCategorical'
        : 'categorical'
  return { name: short, metric: metricNamed(family + (short === 'acc' ? 'Accuracy' : 'Crossentropy')) }
}
