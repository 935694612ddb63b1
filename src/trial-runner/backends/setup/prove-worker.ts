import { errorRecord } from '../../../core/errors.ts'
import { tf } from '../../engines/tfjs/tf.ts'
import { selectBackend } from '../registry.ts'
import type { ProofMessage } from './prove-backend.ts'
import type { Proof } from './setup.ts'

/** The network for the Boston house prices: 13-64-64-1, a batch of 16. */
const INPUTS = 13
const UNITS = 64
const BATCH = 16
const STEPS = 31

async function prove(name: string): Promise<Proof> {
  const backend = await selectBackend(name)
  await backend.load()
  const model = tf.sequential()
  model.add(tf.layers.dense({ units: UNITS, activation: 'relu', inputShape: [INPUTS] }))
  model.add(tf.layers.dense({ units: UNITS, activation: 'relu' }))
  model.add(tf.layers.dense({ units: 1 }))
  model.compile({ optimizer: tf.train.rmsprop(1e-3), loss: 'meanSquaredError' })
  const x = tf.randomNormal([BATCH, INPUTS], 0, 1, 'float32', 1)
  const y = tf.sum(x, 1, true)
  const losses: number[] = []
  const times: number[] = []
  let startMs = 0
  for (let step = 0; step < STEPS; step++) {
    const started = performance.now()
    losses.push(Number(await model.trainOnBatch(x, y)))
    const now = performance.now()
    if (step === 0) startMs = Math.round(now)
    else times.push(now - started)
  }
  const [first = Number.NaN] = losses
  const last = losses.at(-1) ?? Number.NaN
  if (!(last < first)) throw new Error(`${STEPS} steps took the loss from ${first} to ${last}; it should have fallen.`)
  return { version: (await backend.version?.()) ?? 'unknown', startMs, stepMs: median(times) }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

const [name = ''] = process.argv.slice(2)
const message: ProofMessage = await prove(name).then(
  (proof) => ({ proof }),
  (error: unknown) => ({ error: errorRecord(error) }),
)
// Native code may have threads that keep a process from ending by itself.
process.send?.(message, () => process.exit())
