import type { LayerVariable } from '@tensorflow/tfjs-layers'
import type { PlanBuilder } from './builder.ts'
import { type Parameter, placeIn, type WeightLayout } from './parameter.ts'

/** What a weight is brought back to after each step: numbers from 0 on, or norms within bounds. */
type Constraint =
  | { readonly kind: 'not negative' }
  | {
      readonly kind: 'norms'
      readonly low: number
      readonly high: number
      /** How much of the way to the bound a step goes. */
      readonly rate: number
      /** The axes over which a norm is taken. */
      readonly axes: readonly number[]
    }

interface NormConfig {
  readonly axis?: number | readonly number[]
  readonly minValue?: number
  readonly maxValue?: number
  readonly rate?: number
}

/** Reads the constraints of tfjs; undefined where there is none. */
function constraintOf({ constraint }: LayerVariable): Constraint | undefined {
  if (constraint === undefined || constraint === null) return undefined
  const { axis = 0, minValue = 0, maxValue = 1, rate = 1 } = constraint.getConfig() as NormConfig
  const axes = [axis].flat()
  switch (constraint.getClassName()) {
    case 'NonNeg':
      return { kind: 'not negative' }
    case 'UnitNorm':
      return { kind: 'norms', low: 1, high: 1, rate: 1, axes }
    case 'MaxNorm':
      return { kind: 'norms', low: 0, high: maxValue, rate: 1, axes }
    default:
      return { kind: 'norms', low: minValue, high: maxValue, rate, axes }
  }
}

/** Plans what keeps a weight within its constraint: after it has learned, at the end of a step, as Keras does. */
export function planConstraint(builder: PlanBuilder, { variable, trainable, name, value, layout }: Parameter): void {
  const constraint = trainable ? constraintOf(variable) : undefined
  if (constraint === undefined) return
  const { kernels, passes } = builder
  if (constraint.kind === 'not negative') {
    const count = layout.floats
    passes.update.push({
      of: name,
      text: 'max(0, weight)',
      run: () => kernels.relu(value.at, value.at, 1, count, count),
    })
    return
  }
  const { low, high, rate, axes } = constraint
  const groups = groupsOver(variable.shape as number[], axes, layout)
  const size = groups[0]?.length ?? 0
  const places = builder.constant(`${name} groups`, Uint32Array.from(groups.flat()))
  passes.update.push({
    of: name,
    text: `norms within [${low}, ${high}]`,
    run: () => kernels.constrainNorms(value.at, places.at, groups.length, size, low, high, rate),
  })
}

/** Places of the numbers of a weight that differ in their positions along `axes` alone, group by group. */
function groupsOver(shape: readonly number[], axes: readonly number[], layout: WeightLayout): number[][] {
  const over = new Set(axes.map((axis) => (axis < 0 ? shape.length + axis : axis)))
  const groups = new Map<number, number[]>()
  const count = shape.reduce((product, extent) => product * extent, 1)
  for (let index = 0; index < count; index++) {
    let [rest, key, scale] = [index, 0, 1]
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const extent = shape[axis] as number
      if (!over.has(axis)) {
        key += (rest % extent) * scale
        scale *= extent
      }
      rest = Math.floor(rest / extent)
    }
    const group = groups.get(key) ?? []
    groups.set(key, group)
    group.push(placeIn(layout, index))
  }
  return [...groups.values()]
}
