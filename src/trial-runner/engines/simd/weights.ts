import type { Variable } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { NamedValues } from '../../../core/checkpoint.ts'
import { TunerError } from '../../../core/errors.ts'
import { core } from '../tfjs/tfjs.ts'
import type { Arena } from './plan/arena.ts'
import { type Parameter, pack, unpack } from './plan/parameter.ts'
import type { Plan } from './plan/plan.ts'

const sizeOf = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1)

/** Under which a checkpoint of this engine has the optimizer's steps. */
export const STEPS = 'iter'

/** The weights of a model, in the order of `model.getWeights()`, as they stand in the arena or, unused, in the model. */
export class ModelWeights {
  readonly #model: LayersModel
  readonly #plan: Plan
  readonly #arena: Arena
  readonly #ordered: readonly (Parameter | undefined)[]

  constructor(model: LayersModel, plan: Plan, arena: Arena) {
    this.#model = model
    this.#plan = plan
    this.#arena = arena
    const byVariable = new Map(plan.parameters.map((parameter) => [parameter.variable, parameter]))
    this.#ordered = model.weights.map((variable) => byVariable.get(variable))
  }

  /** Brings the model's own weights into the arena. */
  load(): void {
    for (const { layout, value, variable } of this.#plan.parameters) {
      pack(layout, variable.read().dataSync() as Float32Array, this.#arena.floats, value)
    }
  }

  /** Puts what is in the arena, or `weights`, into the model. */
  store(weights: readonly NamedValues[] = this.read()): void {
    weights.forEach(({ values, shape }, i) => {
      const fresh = core.tensor(values, [...shape], 'float32')
      // Not by `write`, which would apply a constraint once more.
      const variable = this.#model.weights[i]?.read() as Variable | undefined
      variable?.assign(fresh)
      fresh.dispose()
    })
  }

  read(): NamedValues[] {
    return this.#ordered.map((parameter, i) => {
      const variable = this.#model.weights[i]
      const shape = (variable?.shape ?? []) as number[]
      const values = parameter
        ? this.#unpack(parameter, parameter.value)
        : (variable?.read().dataSync() as Float32Array)
      return { name: variable?.name ?? '', shape, values }
    })
  }

  /** The optimizer's step counter and slots, weight by weight. */
  readOptimizer(): NamedValues[] {
    const slots = this.#slots().map(([name, parameter, block]) => ({
      name,
      shape: parameter.variable.shape as number[],
      values: this.#unpack(parameter, block),
    }))
    return [{ name: STEPS, shape: [], values: Float32Array.of(this.#plan.iteration) }, ...slots]
  }

  /** Goes on from a checkpoint's weights and slots. */
  restore(weights: readonly NamedValues[], optimizer: readonly NamedValues[]): void {
    this.#ordered.forEach((parameter, i) => {
      const values = weights[i]?.values
      if (parameter && values) pack(parameter.layout, values, this.#arena.floats, parameter.value)
    })
    const saved = new Map(optimizer.map(({ name, values }) => [name, values]))
    this.#plan.iteration = saved.get(STEPS)?.[0] ?? 0
    for (const [name, { layout }, block] of this.#slots()) {
      const values = saved.get(name)
      if (values === undefined) {
        throw new TunerError(
          'engine/unsupported',
          `The checkpoint has no optimizer slot ${name}: another optimizer wrote it.`,
          {
            hint: 'Continue with the optimizer that the trial began with.',
          },
        )
      }
      pack(layout, values, this.#arena.floats, block)
    }
  }

  #slots(): [name: string, parameter: Parameter, block: Parameter['value']][] {
    return this.#ordered.flatMap((parameter, i) =>
      (parameter?.slots ?? []).map((block, k): [string, Parameter, Parameter['value']] => [
        `${i}/${this.#plan.optimizer.slots[k]}`,
        parameter as Parameter,
        block,
      ]),
    )
  }

  #unpack({ layout, variable }: Parameter, block: Parameter['value']): Float32Array {
    return unpack(layout, this.#arena.floats, block, sizeOf(variable.shape as number[]))
  }
}
