import type { PlanBuilder } from './builder.ts'
import { planConstraint } from './constraint.ts'
import type { Parameter } from './parameter.ts'
import type { Step } from './step.ts'
import type { Tally } from './tally.ts'

/**
 * What is left to do for weights that did not learn in the backward pass of their layer: gradients of several uses are
 * added, then that of the penalty, then they are clipped, then the optimizer's rule is applied, then constraints. A weight
 * with one use learns right after the backward steps of its layer, so that its gradient does not occupy memory for longer;
 * unless the norm of all gradients has to be known first.
 */
export function planUpdates(builder: PlanBuilder, total: Tally): void {
  const { passes, optimizer } = builder
  const parameters = [...builder.parameters.values()]
  const together = optimizer.clipping?.by === 'globalNorm'
  for (const parameter of parameters) {
    planPenalty(builder, parameter, total)
    const [first] = parameter.gradients
    if (first === undefined) continue
    const pass = parameter.uses === 1 && !together ? passes.backward[first.node] : passes.update
    pass?.push(...gathering(builder, parameter))
    if (!together) pass?.push(...clipping(builder, parameter), ...learning(builder, parameter))
  }
  if (together) {
    passes.update.push(...clippingTogether(builder, parameters))
    for (const parameter of parameters) passes.update.push(...learning(builder, parameter))
  }
  for (const parameter of parameters) planConstraint(builder, parameter)
}

function planPenalty({ kernels, passes }: PlanBuilder, parameter: Parameter, total: Tally): void {
  const { name, value, layout, penalty, uses } = parameter
  if (penalty === undefined) return
  const { l1, l2 } = penalty
  passes.training.push({
    of: 'loss',
    text: `penalty of ${name}`,
    // tfjs counts it once for each use of the layer.
    run: ({ rows }) => total.collect(rows * uses * kernels.penalty(value.at, layout.floats, l1, l2)),
  })
}

/** The whole gradient of a weight, in the place of its first one. */
function gathering({ kernels }: PlanBuilder, parameter: Parameter): Step[] {
  const { name: of, value, layout, penalty, uses } = parameter
  const [first, ...others] = parameter.gradients.map(({ block }) => block)
  if (first === undefined) return []
  const steps: Step[] = others.map((other) => ({
    of,
    text: 'g = g + gradient of another use',
    run: () => kernels.accumulate(other.at, first.at, layout.floats),
  }))
  if (penalty !== undefined) {
    const { l1, l2 } = penalty
    steps.push({
      of,
      text: 'g = g + gradient of the penalty',
      run: () => kernels.penaltyGradient(value.at, first.at, layout.floats, l1 * uses, l2 * uses),
    })
  }
  return steps
}

/** The gradient of one weight within its limit. */
function clipping({ kernels, optimizer }: PlanBuilder, { name: of, layout, gradients }: Parameter): Step[] {
  const [gradient] = gradients.map(({ block }) => block)
  if (gradient === undefined || optimizer.clipping === undefined) return []
  const { by, limit } = optimizer.clipping
  const count = layout.floats
  const run =
    by === 'value'
      ? () => kernels.clipValues(gradient.at, count, limit)
      : () => {
          const norm = Math.sqrt(kernels.squareSum(gradient.at, count))
          if (norm > limit) kernels.scaleTensor(gradient.at, gradient.at, limit / norm, count)
        }
  return [{ of, text: `g within ${by} ${limit}`, run }]
}

/** All gradients, seen as one vector, within the limit. */
function clippingTogether({ kernels, optimizer }: PlanBuilder, parameters: readonly Parameter[]): Step[] {
  const limit = optimizer.clipping?.limit ?? Number.POSITIVE_INFINITY
  const all = parameters.flatMap(({ gradients: [first], layout }) =>
    first === undefined ? [] : [{ block: first.block, count: layout.floats }],
  )
  const run = () => {
    const norm = Math.sqrt(all.reduce((sum, { block, count }) => sum + kernels.squareSum(block.at, count), 0))
    if (!(norm > limit)) return
    for (const { block, count } of all) kernels.scaleTensor(block.at, block.at, limit / norm, count)
  }
  return [{ of: 'all weights', text: `gradients within norm ${limit}`, run }]
}

function learning({ kernels, optimizer }: PlanBuilder, parameter: Parameter): Step[] {
  const { name: of, value, layout, slots } = parameter
  const [gradient] = parameter.gradients.map(({ block }) => block)
  if (gradient === undefined) return []
  const [s, t, u] = slots
  const { rule } = optimizer
  const run = () => kernels.update(rule, value.at, gradient.at, layout.floats, s?.at ?? 0, t?.at ?? 0, u?.at ?? 0)
  return [{ of, text: 'learns g', run }]
}
