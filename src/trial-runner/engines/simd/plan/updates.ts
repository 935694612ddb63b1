import type { PlanBuilder } from './builder.ts'
import type { Parameter } from './parameter.ts'
import type { Step } from './step.ts'
import type { Tally } from './tally.ts'

/**
 * What is left to do for weights that did not learn in the backward pass of their layer: gradients of several uses are
 * added, then that of the penalty, then the optimizer's rule is applied. A weight with one use learns right after the
 * backward steps of its layer, so that its gradient does not occupy memory for longer.
 */
export function planUpdates(builder: PlanBuilder, total: Tally): void {
  const { kernels, passes } = builder
  for (const parameter of builder.parameters.values()) {
    const { name, value, layout, penalty, uses } = parameter
    if (penalty !== undefined) {
      const { l1, l2 } = penalty
      passes.training.push({
        of: 'loss',
        text: `penalty of ${name}`,
        // tfjs counts it once for each use of the layer.
        run: ({ rows }) => total.collect(rows * uses * kernels.penalty(value.at, layout.floats, l1, l2)),
      })
    }
    const [first] = parameter.gradients
    if (first === undefined) continue
    const pass = uses === 1 ? passes.backward[first.node] : passes.update
    pass?.push(...learning(builder, parameter))
  }
}

function learning({ kernels, optimizer }: PlanBuilder, parameter: Parameter): Step[] {
  const { name: of, value, layout, penalty, uses, slots } = parameter
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
  const [s, t, u] = slots
  const { rule } = optimizer
  steps.push({
    of,
    text: 'learns g',
    run: () => kernels.update(rule, value.at, first.at, layout.floats, s?.at ?? 0, t?.at ?? 0, u?.at ?? 0),
  })
  return steps
}
