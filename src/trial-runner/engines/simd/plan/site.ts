import type { Kernels } from '../kernels/signatures.ts'
import type { LayerConfig, Site, Slope, Stream, StreamConsumer, WeightOptions, WeightUse } from '../layers/layer.ts'
import { describe } from '../model/description.ts'
import type { GraphNode } from '../model/graph.ts'
import { Block } from './arena.ts'
import type { PlanBuilder } from './builder.ts'
import type { WeightLayout } from './parameter.ts'
import type { Step } from './step.ts'
import { layoutOf, type Tensor } from './tensor.ts'

type Run = Step['run']

/** A slot that an optimizer does not have: its rule does not look there. */
const NONE = new Block('none', 0)

/** One application of a layer, as the layer sees the plan. */
export class NodeSite implements Site {
  readonly name: string
  readonly className: string
  readonly config: LayerConfig
  readonly inputShapes: readonly (readonly number[])[]
  readonly outputShapes: readonly (readonly number[])[]
  readonly weightShapes: readonly (readonly number[])[]
  readonly index: number
  readonly kernels: Kernels
  readonly #builder: PlanBuilder
  readonly #node: GraphNode
  /** The first node in whose steps it takes part: its own, or that whose stream it takes. */
  #start: number
  readonly #gradients = new Map<number, Block | undefined>()
  readonly #laned = new Map<number, Tensor>()
  /** Backward steps that follow those of the layer. */
  readonly #closing: Step[] = []

  constructor(builder: PlanBuilder, index: number, node: GraphNode) {
    const layer = describe(builder.graph, node)
    this.name = layer.name
    this.className = layer.className
    this.config = layer.config
    this.inputShapes = layer.inputShapes
    this.outputShapes = layer.outputShapes
    this.weightShapes = layer.weightShapes
    this.index = index
    this.#start = index
    this.kernels = builder.kernels
    this.#builder = builder
    this.#node = node
  }

  get seed(): { readonly value: number } {
    return this.#builder.seed
  }
  get rule(): number {
    return this.#builder.optimizer.rule
  }
  get capacity(): number {
    return this.#builder.capacity
  }

  input(i = 0): Tensor {
    return this.#builder.tensor(this.#node.inputs[i] as number)
  }

  lanedInput(i = 0): Tensor {
    const x = this.input(i)
    if (x.lanes % 8 === 0) return x
    const known = this.#laned.get(i)
    if (known !== undefined) return known
    const layout = layoutOf(x.shape)
    const value = this.#live(this.#builder.batchBlock(`${x.name} laned`, layout))
    const g = this.inputGradient(i)
    const gradient = g && this.scratch(`${x.name} laned.g`, this.capacity * layout.lines * layout.lanes)
    const laned: Tensor = { name: x.name, shape: x.shape, ...layout, value, gradient }
    this.forward('x = x with padding', relayout(this.kernels, x, x.value, laned, value))
    if (g && gradient) {
      this.#gradients.set(i, gradient)
      const run = relayout(this.kernels, laned, gradient, x, g)
      this.#closing.push({ of: this.name, text: 'x.g = x.g without padding', run })
    }
    this.#laned.set(i, laned)
    return laned
  }

  output(like?: Tensor): Tensor {
    const [number] = this.#node.outputs
    const shape = this.outputShapes[0] ?? []
    const layout = layoutOf(shape, like !== undefined && like.lanes === like.width)
    const value = this.#live(this.#builder.batchBlock(this.name, layout))
    return this.#builder.enter(number as number, { name: this.name, shape, ...layout, value }, this.#start)
  }

  passThrough(): void {
    const x = this.input()
    const g = this.inputGradient()
    const shape = this.outputShapes[0] ?? []
    const packed = layoutOf(shape, true)
    // Where a gradient comes back, lanes stay in multiples of 8; data may be seen in any way.
    const contiguous = x.lanes === x.width && (g === undefined || packed.width % 8 === 0)
    const seen = x.width === packed.width ? { ...packed, lanes: x.lanes } : contiguous ? packed : undefined
    if (seen !== undefined) {
      const tensor = { ...x, name: this.name, shape, ...seen }
      this.#builder.enter(this.#node.outputs[0] as number, tensor, this.index, g)
      return
    }
    const y = this.output()
    this.forward('y = x with other padding', relayout(this.kernels, x, x.value, y, y.value))
    if (y.gradient && g) {
      this.backward('x.g = d with other padding', relayout(this.kernels, y, y.gradient, x, g))
    }
  }

  inputGradient(i = 0): Block | undefined {
    if (!this.#gradients.has(i)) {
      const time = this.#builder.backwardTime(this.index)
      this.#gradients.set(i, this.#builder.claim(this.#node.inputs[i] as number, time))
    }
    return this.#gradients.get(i)
  }

  offerSlope(): Slope {
    const slope = { taken: false }
    this.#builder.slopes.set(this.#node.outputs[0] as number, slope)
    return slope
  }

  takeSlope(i = 0): boolean {
    const number = this.#node.inputs[i] as number
    const slope = this.#builder.slopes.get(number)
    if (slope === undefined || this.#builder.usersOf(number) !== 1) return false
    slope.taken = true
    return true
  }

  offerStream(rows: number): Stream {
    const stream = { consumer: undefined, rows, node: this.index }
    this.#builder.streams.set(this.#node.outputs[0] as number, stream)
    return stream
  }

  takeStream(consumer: StreamConsumer): boolean {
    const number = this.#node.inputs[0] as number
    const stream = this.#builder.streams.get(number)
    if (stream === undefined || this.#builder.usersOf(number) !== 1) return false
    stream.consumer = consumer
    this.#start = stream.node
    const { value, gradient, lanes, lines } = this.input()
    const floats = Math.min(stream.rows, this.capacity) * lines * lanes
    value.floats = floats
    if (gradient) gradient.floats = floats
    return true
  }

  weight(i: number, layout: WeightLayout, options: WeightOptions = {}): WeightUse {
    const { layer } = this.#node
    const variable = layer.weights[i]
    if (variable === undefined) throw new Error(`layer ${this.name} has no weight ${i}`)
    const uses = this.#builder.graph.nodes.filter((node) => node.layer === layer).length
    const parameter = this.#builder.parameter(variable, uses, layout, options)
    const { value, slots, trainable, fused } = parameter
    if (!trainable) return { value, learning: { kind: 'frozen' } }
    if (fused) {
      const [s = NONE, t = NONE, u = NONE] = slots
      return { value, learning: { kind: 'fused', slots: [s, t, u] } }
    }
    const gradient = this.#builder.block(`${parameter.name}.g`, layout.floats)
    gradient.touch(this.#builder.backwardTime(this.index))
    const { clipping } = this.#builder.optimizer
    if (uses > 1 || clipping?.by === 'globalNorm') gradient.touch(this.#builder.updateTime)
    parameter.gradients.push({ node: this.index, block: gradient })
    return { value, learning: { kind: 'stored', gradient } }
  }

  kept(name: string, floats: number): Block {
    return this.#live(this.#builder.block(`${this.name} ${name}`, floats))
  }

  passing(name: string, floats: number): Block {
    return this.#builder.block(`${this.name} ${name}`, floats).touch(this.#builder.forwardTime(this.index))
  }

  scratch(name: string, floats: number): Block {
    return this.#builder.block(`${this.name} ${name}`, floats).touch(this.#builder.backwardTime(this.index))
  }

  forward(text: string, run: Run): void {
    this.training(text, run)
    this.evaluation(text, run)
  }
  training(text: string, run: Run): void {
    this.#builder.passes.training.push({ of: this.name, text: this.#shaped(text), run })
  }
  evaluation(text: string, run: Run): void {
    this.#builder.passes.evaluation.push({ of: this.name, text: this.#shaped(text), run })
  }
  backward(text: string, run: Run, unless?: Slope): void {
    const step = { of: this.name, text, run }
    this.#builder.passes.backward[this.index]?.push(unless ? { ...step, unless } : step)
  }

  /** Called when the layer has been planned. */
  close(): void {
    this.#builder.passes.backward[this.index]?.push(...this.#closing)
  }

  /** `y = f(x)` with the shape of a row: `y[20] = f(x[13])`. */
  #shaped(text: string): string {
    return text
      .replace(/\b[yz]\b/, (y) => `${y}[${this.outputShapes[0]}]`)
      .replace(/\bx\b/, (x) => `${x}[${this.inputShapes[0]}]`)
  }

  #live(block: Block): Block {
    return block.touch(this.#builder.forwardTime(this.#start)).touch(this.#builder.backwardTime(this.#start))
  }
}

type Layout = Pick<Tensor, 'lines' | 'width' | 'lanes'>

function relayout(kernels: Kernels, from: Layout, x: Block, to: Layout, y: Block): Run {
  const size = from.lines * from.width
  return ({ padded }) => kernels.relayout(x.at, y.at, padded, size, from.width, from.lanes, to.width, to.lanes)
}
