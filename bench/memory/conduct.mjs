// Runs many trials in one process and prints what it held after some of them, as JSON:
//   node conduct.mjs '{ database, engine, where, moments }'
// Without anything else in the process, since whatever it held besides would make growth look small.
import { fileURLToPath } from 'node:url'
import { createJiti } from 'jiti'
import { runStudy } from 'tfjs-tuner'

const { database, engine, where, moments } = JSON.parse(process.argv[2])
const path = fileURLToPath(new URL('study.ts', import.meta.url))
const { memory } = await import('@tensorflow/tfjs-core')
const definition = where === 'inline' ? await createJiti(import.meta.url).import(path, { default: true }) : undefined
const held = []
let finished = 0
await runStudy(definition ?? path, {
  storage: database,
  workers: 2,
  trials: Math.max(...moments),
  engines: { engine },
  onEvent({ type }) {
    if (type !== 'trial-finished' || !moments.includes(++finished)) return
    held.push({ residentBytes: process.memoryUsage.rss(), tensors: where === 'inline' ? memory().numTensors : 0 })
  },
})
console.log(JSON.stringify(held))
