// Prints the seconds from the making of a pool to the report of the first epoch of a small network:
//   node first-step.mjs thread|process
// By itself, since workers would load whatever their program was started with.
import { fileURLToPath } from 'node:url'
import { moons } from '../../dist/data/generators/moons.js'
import { PoolRunner } from '../../dist/trial-runner/pool.js'

const path = fileURLToPath(new URL('../../examples/quickstart/study.ts', import.meta.url))
const workerData = {
  loader: new URL('../../dist/study/definition/load-workload.js', import.meta.url).href,
  source: { source: { kind: 'module', path }, overrides: {} },
  settings: {
    seed: 0,
    objective: { metric: 'val_loss', direction: 'minimize' },
    engines: { engine: 'auto', backend: 'auto', arithmetic: 'auto' },
    dataset: moons({ rows: 300, noise: 0.25, seed: 1 }),
  },
}
const job = {
  trial: 0,
  fold: 0,
  params: { units: 16, dropout: 0.1, learningRate: 0.01 },
  epochs: { from: 0, to: 1 },
  stream: 's',
  keepCheckpoint: false,
  asksAfterEpoch: false,
}
const since = performance.now()
const pool = new PoolRunner(1, workerData, process.argv[2])
let first = Number.NaN
const onEpoch = () => {
  first = (performance.now() - since) / 1000
  return 'continue'
}
const result = await pool.run(job, { onEpoch })
await pool.close()
if (result.status === 'failed') throw new Error(result.cause.message)
console.log(first)
