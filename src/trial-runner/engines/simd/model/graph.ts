import type { LayersModel, layers, SymbolicTensor } from '@tensorflow/tfjs-layers'

type Layer = layers.Layer

/** One application of a layer: tensors are numbered through the graph. */
export interface GraphNode {
  readonly layer: Layer
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
}

/** A model as applications of layers in an order in which they can be computed; models inside it are unfolded. */
export interface Graph {
  readonly nodes: readonly GraphNode[]
  /** Shape of one row of each tensor. */
  readonly shapes: readonly (readonly number[])[]
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
}

/** Tensors of one model, or of one application of a model inside it, that have their number already. */
type Scope = Map<number, number>

const CONTAINERS: ReadonlySet<string> = new Set(['Model', 'Functional', 'Sequential'])

export function readGraph(model: LayersModel): Graph {
  const reader = new GraphReader()
  const scope: Scope = new Map()
  const inputs = model.inputs.map((tensor) => reader.define(tensor, scope))
  const outputs = model.outputs.map((tensor) => reader.visit(tensor, scope))
  return { nodes: reader.nodes, shapes: reader.shapes, inputs, outputs }
}

class GraphReader {
  readonly nodes: GraphNode[] = []
  readonly shapes: (readonly number[])[] = []

  define(tensor: SymbolicTensor, scope: Scope): number {
    const number = this.shapes.length
    this.shapes.push(tensor.shape.slice(1).map((extent) => extent ?? 0))
    scope.set(tensor.id, number)
    return number
  }

  /** The number of a tensor, after that of everything it depends on. */
  visit(tensor: SymbolicTensor, scope: Scope): number {
    const known = scope.get(tensor.id)
    if (known !== undefined) return known
    const layer = tensor.sourceLayer
    const node = layer.inboundNodes[tensor.nodeIndex]
    if (node === undefined) throw new Error(`layer ${layer.name} has no node ${tensor.nodeIndex}`)
    const inputs = node.inputTensors.map((input) => this.visit(input, scope))
    if (CONTAINERS.has(layer.getClassName())) this.#unfold(layer as LayersModel, inputs, node.outputTensors, scope)
    else {
      const outputs = node.outputTensors.map((output) => this.define(output, scope))
      this.nodes.push({ layer, inputs, outputs })
    }
    return scope.get(tensor.id) as number
  }

  #unfold(inner: LayersModel, inputs: readonly number[], outputs: readonly SymbolicTensor[], scope: Scope): void {
    const own: Scope = new Map(inner.inputs.map((tensor, i) => [tensor.id, inputs[i] as number]))
    const results = inner.outputs.map((tensor) => this.visit(tensor, own))
    outputs.forEach((tensor, i) => {
      scope.set(tensor.id, results[i] as number)
    })
  }
}
