import '@tensorflow/tfjs-backend-cpu'
import { setBackend } from '@tensorflow/tfjs-core'
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers'
import { type Dataset, sharedFloats } from '../../../../src/data/dataset.ts'
import { SimdEngine } from '../../../../src/trial-runner/engines/simd/engine.ts'
import { withTensorScope } from '../../../../src/trial-runner/engines/tfjs/tensor-scope.ts'

const [ROWS, INPUTS] = [64, 13]

function structure(index: number): LayersModel {
  const depth = 1 + (index % 4)
  const units = 8 + 12 * Math.floor(index / 4)
  const hidden = Array.from({ length: depth }, (_, i) => [
    layers.dense({ units: units + 3 * i, activation: i % 2 ? 'tanh' : 'relu', ...(i ? {} : { inputShape: [INPUTS] }) }),
    layers.dropout({ rate: 0.2 }),
  ])
  const net = sequential({ layers: [...hidden.flat(), layers.dense({ units: 1 })] })
  net.compile({ loss: 'meanSquaredError', optimizer: 'adam', metrics: ['mae'] })
  return net
}

/** Memory of the process after each round, in megabytes. */
export interface Round {
  readonly trials: number
  readonly resident: number
  readonly heap: number
}

/**
 * Trains one trial after the other, each a few epochs of one of `structures` networks, on one engine, as a worker does.
 * Tells of every round of trials through `onRound`.
 */
export async function trainMany(
  trials: number,
  structures: number,
  round: number,
  onRound: (round: Round) => void,
): Promise<void> {
  await setBackend('cpu')
  const block = (width: number) => {
    const data = sharedFloats(ROWS * width)
    for (let i = 0; i < data.length; i++) data[i] = ((i * 7919) % 97) / 48 - 1
    return { kind: 'dense', data, shape: [width] } as const
  }
  const dataset: Dataset = { rows: ROWS, inputs: [block(INPUTS)], targets: [block(1)], task: { kind: 'regression' } }
  const rows = Int32Array.from({ length: ROWS }, (_, i) => i)
  const data = { dataset, train: rows.slice(0, 48), validation: rows.slice(48) }
  const engine = new SimdEngine()
  for (let trial = 1; trial <= trials; trial++) {
    await withTensorScope(async () => {
      const job = {
        epochs: { from: 0, to: 2 },
        batchSize: 16,
        shuffle: true,
        stream: `t${trial}`,
        keepCheckpoint: true,
      }
      await engine.train({ ...job, model: structure(trial % structures) }, data, { onEpoch: () => 'continue' })
    })
    if (trial % round !== 0) continue
    globalThis.gc?.()
    const { rss, heapUsed } = process.memoryUsage()
    onRound({ trials: trial, resident: rss / 2 ** 20, heap: heapUsed / 2 ** 20 })
  }
}
