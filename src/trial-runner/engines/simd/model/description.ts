import type { LayerConfig, LayerDescription } from '../layers/layer.ts'
import type { Graph, GraphNode } from './graph.ts'

/** An application of a layer in the words that layers here understand. */
export function describe(graph: Graph, node: GraphNode): LayerDescription {
  const { layer } = node
  return {
    name: layer.name,
    className: layer.getClassName(),
    config: withForgotten(layer),
    inputShapes: node.inputs.map((tensor) => graph.shapes[tensor] ?? []),
    outputShapes: node.outputs.map((tensor) => graph.shapes[tensor] ?? []),
    weightShapes: layer.weights.map(({ shape }) => shape.map((extent) => extent ?? 0)),
  }
}

/** The config of a layer, and what tfjs forgets to write into it: the noiseShape of AlphaDropout. */
function withForgotten(layer: GraphNode['layer']): LayerConfig {
  const { noiseShape } = layer as unknown as { readonly noiseShape?: unknown }
  return noiseShape === undefined || noiseShape === null ? layer.getConfig() : { ...layer.getConfig(), noiseShape }
}
