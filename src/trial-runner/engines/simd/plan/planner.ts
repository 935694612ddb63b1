import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Dataset, DenseBlock } from '../../../../data/dataset.ts'
import type { Kernels } from '../kernels/signatures.ts'
import { layerKind } from '../layers/registry.ts'
import type { Gauge } from '../metrics/metric.ts'
import type { ReadModel } from '../model/read-model.ts'
import { PlanBuilder } from './builder.ts'
import { feedDense, feedSparse } from './feed.ts'
import { planLoss, planTarget } from './outputs.ts'
import { Plan } from './plan.ts'
import { NodeSite } from './site.ts'
import { Tally } from './tally.ts'
import { layoutOf } from './tensor.ts'
import { planUpdates } from './updates.ts'

/** Makes the plan of a model that `readModel` accepted, for batches of up to `batchSize` rows. */
export function makePlan(
  kernels: Kernels,
  model: LayersModel,
  { graph, compiled }: ReadModel,
  dataset: Dataset,
  batchSize: number,
): Plan {
  const builder = new PlanBuilder(kernels, model, graph, compiled.optimizer, batchSize)
  const { passes } = builder
  planInputs(builder, dataset)
  for (const [i, node] of graph.nodes.entries()) {
    const site = new NodeSite(builder, i, node)
    layerKind(site.className)?.plan(site)
    site.close()
  }

  const total = new Tally()
  const gauges: { name: string; gauge: Gauge }[] = [{ name: 'loss', gauge: total }]
  const metrics: typeof gauges = []
  for (const [i, output] of compiled.outputs.entries()) {
    const { outcome, feed } = planTarget(builder, i, output.loss, dataset.targets[i] as DenseBlock)
    builder.feeds.push(feed)
    const part = new Tally()
    planLoss(builder, i, output.loss, outcome, [total, part])
    if (output.lossName !== undefined) gauges.push({ name: output.lossName, gauge: part })
    for (const { name, metric } of output.metrics) metrics.push({ name, gauge: metric.gauge(outcome) })
  }

  for (const [i, node] of graph.nodes.entries()) passes.backward[i]?.unshift(...builder.sums(node))
  planUpdates(builder, total)
  return new Plan({
    kernels,
    optimizer: compiled.optimizer,
    blocks: builder.blocks,
    preparations: builder.preparations,
    parameters: model.weights.flatMap((variable) => builder.parameters.get(variable) ?? []),
    feeds: builder.feeds,
    training: passes.training,
    evaluation: passes.evaluation,
    backward: [...passes.backward.reverse().flat(), ...passes.update].filter(({ unless }) => unless?.taken !== true),
    gauges: [...gauges, ...metrics],
    seed: builder.seed,
  })
}

/** Inputs: vectors with padding, images and sequences packed, sparse rows as they are. */
function planInputs(builder: PlanBuilder, dataset: Dataset): void {
  for (const [i, number] of builder.graph.inputs.entries()) {
    const name = `input ${i}`
    const shape = builder.graph.shapes[number] ?? []
    const layout = layoutOf(shape, shape.length > 1)
    const data = dataset.inputs[i] as Dataset['inputs'][0]
    if (data.kind === 'sparse') {
      const { rows, feed } = feedSparse(builder, name, data)
      builder.enter(number, { name, shape, ...layout, value: builder.block(name, 0), sparse: rows }, -1)
      builder.feeds.push(feed)
      continue
    }
    const value = builder.batchBlock(name, layout).keep()
    builder.enter(number, { name, shape, ...layout, value }, -1)
    builder.feeds.push(feedDense(builder, value, layout, data))
  }
}
