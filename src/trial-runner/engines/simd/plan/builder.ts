import type { LayersModel, LayerVariable } from '@tensorflow/tfjs-layers'
import type { Kernels } from '../kernels/signatures.ts'
import type { StreamConsumer, WeightOptions } from '../layers/layer.ts'
import type { Graph, GraphNode } from '../model/graph.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import { type Arena, Block } from './arena.ts'
import type { Parameter, WeightLayout } from './parameter.ts'
import type { Feed, Step } from './step.ts'
import { floatsOf, roundUp, type Tensor } from './tensor.ts'

/** The passes of a plan while they are written. */
interface Passes {
  readonly training: Step[]
  readonly evaluation: Step[]
  /** Of each node; they run from the last node to the first. */
  readonly backward: Step[][]
  /** After the backward pass. */
  readonly update: Step[]
}

/** A stream, how many rows of it there are at a time, and the node that makes it. */
export interface OfferedStream {
  consumer: StreamConsumer | undefined
  readonly rows: number
  readonly node: number
}

/** What is known of a plan that is being made: shared by the sites of all layers. */
export class PlanBuilder {
  readonly kernels: Kernels
  readonly graph: Graph
  readonly optimizer: Optimizer
  /** Rows of a full batch, padded. */
  readonly capacity: number
  readonly seed = { value: 0 }
  readonly blocks: Block[] = []
  /** What is put into the arena with the plan. */
  readonly preparations: ((arena: Arena) => void)[] = []
  /** What brings the data of a batch into the arena, in this order. */
  readonly feeds: Feed[] = []
  /** The rows of the batch, where a feed needs them. */
  rowNumbers: Block | undefined
  readonly parameters = new Map<LayerVariable, Parameter>()
  readonly passes: Passes
  /** Slopes that makers of tensors have offered, by the number of the tensor. */
  readonly slopes = new Map<number, { taken: boolean }>()
  /** Streams that makers of tensors have offered, by the number of the tensor. */
  readonly streams = new Map<number, OfferedStream>()
  readonly #tensors: Tensor[] = []
  /** Where the users of a tensor write their gradients, each its own; the first is the tensor's. */
  readonly #destinations: Block[][] = []
  readonly #claimed: number[] = []
  readonly #trainable: ReadonlySet<LayerVariable>
  readonly #learns: boolean[] = []

  constructor(kernels: Kernels, model: LayersModel, graph: Graph, optimizer: Optimizer, batchSize: number) {
    this.kernels = kernels
    this.graph = graph
    this.optimizer = optimizer
    this.capacity = roundUp(batchSize, 4)
    this.#trainable = new Set(model.trainableWeights)
    this.passes = { training: [], evaluation: [], backward: graph.nodes.map(() => []), update: [] }
    for (const { layer, inputs, outputs } of graph.nodes) {
      const own = layer.weights.some((weight) => this.#trainable.has(weight))
      const learns = own || inputs.some((input) => this.#learns[input])
      for (const output of outputs) this.#learns[output] = learns
    }
  }

  // Time runs from the forward step of the first node to the updates after the last backward step.
  forwardTime(node: number): number {
    return node
  }
  get lossTime(): number {
    return this.graph.nodes.length
  }
  backwardTime(node: number): number {
    return 2 * this.graph.nodes.length - node
  }
  get updateTime(): number {
    return 2 * this.graph.nodes.length + 1
  }

  block(name: string, floats: number): Block {
    const block = new Block(name, floats)
    this.blocks.push(block)
    return block
  }

  /** Words that never change, put into the arena with the plan. */
  constant(name: string, words: Uint32Array): Block {
    const block = this.block(name, words.length).keep()
    this.preparations.push((arena) => arena.words.set(words, block.at >>> 2))
    return block
  }

  /** Memory for a full batch of a tensor. */
  batchBlock(name: string, layout: Pick<Tensor, 'lines' | 'lanes'>): Block {
    return this.block(name, this.capacity * floatsOf(layout))
  }

  tensor(number: number): Tensor {
    const tensor = this.#tensors[number]
    if (tensor === undefined) throw new Error(`tensor ${number} is used before it is made`)
    return tensor
  }

  /** How often a tensor is used: by layers, and as an output of the model. */
  usersOf(number: number): number {
    const users = this.graph.nodes.flatMap(({ inputs }) => inputs).concat(this.graph.outputs)
    return users.filter((user) => user === number).length
  }

  /** Enters a tensor, with a destination for the gradient of each of its users; the first one may be given. */
  enter(number: number, made: Omit<Tensor, 'gradient'>, producer: number, gradient?: Block): Tensor {
    const count = this.usersOf(number)
    const destinations: Block[] = []
    for (let i = 0; this.#learns[number] && i < count; i++) {
      destinations.push((i === 0 && gradient) || this.batchBlock(`${made.name}.g${i || ''}`, made))
    }
    if (producer >= 0) for (const block of destinations) block.touch(this.backwardTime(producer))
    this.#destinations[number] = destinations
    this.#claimed[number] = 0
    const tensor = { ...made, gradient: destinations[0] }
    this.#tensors[number] = tensor
    return tensor
  }

  /** The next free destination of a tensor's gradient, for a user that writes at `time`. */
  claim(number: number, time: number): Block | undefined {
    const next = this.#claimed[number] ?? 0
    this.#claimed[number] = next + 1
    return this.#destinations[number]?.[next]?.touch(time)
  }

  /** Steps that add up the gradients of a node's outputs, before its own backward steps. */
  sums(node: GraphNode): Step[] {
    return node.outputs.flatMap((number) => {
      const [first, ...others] = this.#destinations[number] ?? []
      const floats = floatsOf(this.tensor(number))
      return others.map((other) => ({
        of: node.layer.name,
        text: 'd = d + gradient of another user',
        run: ({ padded }) => this.kernels.accumulate(other.at, (first as Block).at, padded * floats),
      })) satisfies Step[]
    })
  }

  /** The parameter that a variable of the model is, made at its first use. */
  parameter(variable: LayerVariable, uses: number, layout: WeightLayout, options: WeightOptions): Parameter {
    const known = this.parameters.get(variable)
    if (known !== undefined) return known
    const trainable = this.#trainable.has(variable)
    const name = variable.originalName
    const slots = trainable ? this.optimizer.slots : []
    const parameter: Parameter = {
      variable,
      name,
      layout,
      trainable,
      value: this.block(name, layout.floats).keep(),
      slots: slots.map((slot) => this.block(`${name}/${slot}`, layout.floats).keep()),
      fused:
        trainable &&
        uses === 1 &&
        options.canFuse === true &&
        options.penalty === undefined &&
        this.optimizer.clipping === undefined,
      uses,
      penalty: options.penalty,
      gradients: [],
    }
    this.parameters.set(variable, parameter)
    return parameter
  }
}
