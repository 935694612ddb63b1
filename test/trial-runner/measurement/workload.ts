import { friedman1 } from '../../../src/data/generators/friedman1.ts'
import type { Candidate, MeasurementTask } from '../../../src/trial-runner/measurement/measurement.ts'
import type { ModelContext, Workload } from '../../../src/trial-runner/workload.ts'

export const simd: Candidate = { engine: 'simd', backend: 'wasm', arithmetic: 'strict' }
export const onWasm: Candidate = { ...simd, engine: 'tfjs' }

/** A perceptron of `units`, or what `act` makes of it. */
function model({ tf, params, inputShape, outputs }: ModelContext) {
  if (params.act === 'throw') throw new Error('no such model')
  if (params.act === 'hang') for (;;);
  if (params.act === 'exit') process.exit(7)
  if (params.act === 'abort') process.abort()
  const net = tf.sequential()
  if (params.act === 'recur') {
    net.add(tf.layers.reshape({ targetShape: [inputShape[0] ?? 1, 1], inputShape }))
    net.add(tf.layers.simpleRNN({ units: 4 }))
  } else net.add(tf.layers.dense({ units: Number(params.units ?? 8), activation: 'relu', inputShape }))
  net.add(tf.layers.dense({ units: params.act === 'misfit' ? 7 : outputs }))
  const rate = params.act === 'diverge' ? 1e30 : 0.01
  net.compile({ optimizer: tf.train.sgd(rate), loss: 'meanSquaredError' })
  return net
}

export const workload: Workload = { work: { kind: 'model', model }, training: {} }

export function task(
  points: MeasurementTask['points'],
  candidates: readonly Candidate[] = [simd, onWasm],
): MeasurementTask {
  return { points, candidates, sample: friedman1({ rows: 40, columns: 5, seed: 1 }) }
}
