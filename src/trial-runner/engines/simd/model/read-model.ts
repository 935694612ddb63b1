import type { LayersModel } from '@tensorflow/tfjs-layers'
import { type Dataset, sizeOf } from '../../../../data/dataset.ts'
import { layerKind } from '../layers/registry.ts'
import type { Loss } from '../losses/loss.ts'
import { type Compiled, readCompiled } from './compiled.ts'
import { describe } from './description.ts'
import { type Graph, readGraph } from './graph.ts'

/** A compiled model that can be trained here on the data it was read with. */
export interface ReadModel {
  readonly graph: Graph
  readonly compiled: Compiled
}

/** Reads a compiled model; a text that names the piece that cannot be trained here, and why. */
export function readModel(model: LayersModel, dataset: Dataset): ReadModel | string {
  const graph = readGraph(model)
  const compiled = readCompiled(model)
  if (typeof compiled === 'string') return compiled
  return (
    missingLayer(graph) ?? misfitInput(graph, dataset) ?? misfitTarget(graph, compiled, dataset) ?? { graph, compiled }
  )
}

function missingLayer(graph: Graph): string | undefined {
  for (const node of graph.nodes) {
    const layer = describe(graph, node)
    const kind = layerKind(layer.className)
    if (kind === undefined) return `layer ${layer.name} (${layer.className})`
    const answer = kind.supports?.(layer) ?? true
    if (answer !== true) return `layer ${layer.name} (${layer.className}): ${answer}`
  }
  return undefined
}

function misfitInput(graph: Graph, { inputs }: Dataset): string | undefined {
  for (const [i, tensor] of graph.inputs.entries()) {
    const shape = graph.shapes[tensor] ?? []
    const block = inputs[i]
    if (shape.includes(0)) return `input ${i}: its shape [${shape.join(', ')}] is open`
    if (block === undefined) return `input ${i}: the data has ${inputs.length}`
    if (sizeOf(block.shape) !== sizeOf(shape)) return `input ${i}: shape [${shape}] for data of shape [${block.shape}]`
    if (block.kind === 'dense') continue
    const users = graph.nodes.filter((node) => node.inputs.includes(tensor))
    const stranger = users.find(({ layer }) => layerKind(layer.getClassName())?.takesSparse !== true)
    if (stranger !== undefined) return `layer ${stranger.layer.name}: sparse rows`
    // A weight lies differently for sparse and for dense lines, so its layer must see only one kind.
    if (
      new Set(users.map(({ layer }) => layer)).size <
      graph.nodes.filter((n) => users.some((u) => u.layer === n.layer)).length
    ) {
      return `layer ${users[0]?.layer.name}: shared, on sparse rows`
    }
    if (graph.outputs.includes(tensor)) return `output: sparse rows`
  }
  return undefined
}

function misfitTarget(graph: Graph, { outputs }: Compiled, { targets }: Dataset): string | undefined {
  for (const [i, { loss }] of outputs.entries()) {
    const shape = graph.shapes[graph.outputs[i] ?? 0] ?? []
    const block = targets[i]
    if (block === undefined) return `output ${i}: the data has ${targets.length} targets`
    if (targetForm(loss, shape, block.shape) === undefined) {
      return `output ${i}: loss ${loss.name} with predictions of shape [${shape}] for targets of shape [${block.shape}]`
    }
  }
  return undefined
}

/** How targets go to a loss: as they are, or class numbers spread to one-hot lines; undefined where neither fits. */
export function targetForm(
  loss: Loss,
  output: readonly number[],
  target: readonly number[],
): 'plain' | 'one-hot' | undefined {
  const [lines, size] = [sizeOf(output.slice(0, -1)), sizeOf(target)]
  if (loss.targets === 'class number') return size === lines ? 'plain' : undefined
  if (size === sizeOf(output)) return 'plain'
  return size === lines ? 'one-hot' : undefined
}
