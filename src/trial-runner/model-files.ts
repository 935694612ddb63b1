import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { io } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { tf } from './engines/tfjs/tf.ts'

const TOPOLOGY = 'model.json'
const WEIGHTS = 'weights.bin'

/** The files of a model, that without which nothing can load it first. */
export const modelFiles = [TOPOLOGY, WEIGHTS] as const

/** `model.json`. */
interface Topology extends Omit<io.ModelArtifacts, 'weightData' | 'weightSpecs'> {
  readonly weightsManifest: readonly [
    { readonly paths: readonly string[]; readonly weights: io.WeightsManifestEntry[] },
  ]
}

/**
 * Writes a model into a folder in the LayersModel format, as the `file://` handler of tfjs-node does: `model.json` and
 * `weights.bin`. The numbers are on the disk, not only on their way to it, when the promise resolves.
 */
export async function writeModel(model: LayersModel, folder: string): Promise<void> {
  await model.save({
    async save({ weightData = new ArrayBuffer(), weightSpecs = [], ...rest }) {
      const topology: Topology = { ...rest, weightsManifest: [{ paths: [WEIGHTS], weights: weightSpecs }] }
      await writeFile(join(folder, TOPOLOGY), JSON.stringify(topology), { flush: true })
      const parts = [weightData].flat().map((part) => Buffer.from(part))
      await writeFile(join(folder, WEIGHTS), Buffer.concat(parts), { flush: true })
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } }
    },
  })
}

/** Reads a model that {@link writeModel} wrote, onto the tfjs backend that is in use. */
export async function readModel(folder: string): Promise<LayersModel> {
  return tf.loadLayersModel({
    async load() {
      const text = await readFile(join(folder, TOPOLOGY), 'utf8')
      const { weightsManifest, ...rest } = JSON.parse(text) as Topology
      const { buffer, byteOffset, byteLength } = await readFile(join(folder, WEIGHTS))
      const weightData = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
      return { ...rest, weightData, weightSpecs: weightsManifest[0].weights }
    },
  })
}
