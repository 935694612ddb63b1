import { TunerError } from '../../../../core/errors.ts'
import type { DenseBlock } from '../../../../data/dataset.ts'
import type { Loss } from '../losses/loss.ts'
import type { Outcome } from '../metrics/metric.ts'
import { targetForm } from '../model/read-model.ts'
import type { PlanBuilder } from './builder.ts'
import { feedDense, feedOneHot } from './feed.ts'
import type { Feed } from './step.ts'
import type { Tally } from './tally.ts'
import { layoutOf, type Tensor } from './tensor.ts'

/** Output number `i` with its target, and what fills the target. */
export function planTarget(
  builder: PlanBuilder,
  i: number,
  loss: Loss,
  data: DenseBlock,
): { outcome: Outcome; feed: Feed } {
  const prediction = builder.tensor(builder.graph.outputs[i] as number)
  if (prediction.lanes % 4 !== 0) {
    throw new TunerError(
      'engine/unsupported',
      `Output ${i} of the model is its data, only reshaped: no loss can be trained on it.`,
    )
  }
  const { shape } = prediction
  const layout = loss.targets === 'class number' ? layoutOf([...shape.slice(0, -1), 1], true) : prediction
  const { lines, width, lanes } = layout
  const value = builder.batchBlock(`target ${i}`, layout).keep()
  const target: Tensor = { name: value.name, shape, lines, width, lanes, value, gradient: undefined }
  const spread = targetForm(loss, shape, data.shape) === 'one-hot'
  const feed = spread ? feedOneHot(builder, value, layout, data) : feedDense(builder, value, layout, data)
  return { outcome: { kernels: builder.kernels, prediction, target }, feed }
}

/** Steps that compute the loss of an output, and in training the gradient that the backward pass begins with. */
export function planLoss(
  builder: PlanBuilder,
  i: number,
  loss: Loss,
  outcome: Outcome,
  tallies: readonly Tally[],
): void {
  const { kernels, prediction: p, target: t } = outcome
  const { lines, width, lanes } = p
  const kernel = loss.kernel(kernels)
  const gradient = builder.claim(builder.graph.outputs[i] as number, builder.lossTime)
  const collect = (sum: number) => {
    for (const tally of tallies) tally.collect(sum / lines)
  }
  builder.passes.training.push({
    of: 'loss',
    text: `${loss.name}(${p.name}, target ${i}) and its gradient`,
    run: ({ rows, padded }) =>
      collect(kernel(p.value.at, t.value.at, gradient?.at ?? 0, rows * lines, padded * lines, width, lanes)),
  })
  builder.passes.evaluation.push({
    of: 'loss',
    text: `${loss.name}(${p.name}, target ${i})`,
    run: ({ rows, padded }) => collect(kernel(p.value.at, t.value.at, 0, rows * lines, padded * lines, width, lanes)),
  })
}
