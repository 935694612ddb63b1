// Trains 2,000 trials of 40 structures in one process and prints how much memory it takes after each 200; fails where the
// last 1,600 trials added more than 32 MB.
//   npm run build && node --expose-gc scripts/soak.mjs
import { createJiti } from 'jiti'

const { trainMany } = await createJiti(import.meta.url).import('../test/trial-runner/engines/simd/many-structures.ts')
const rounds = []
const start = performance.now()
await trainMany(2000, 40, 200, (round) => {
  rounds.push(round)
  console.log(
    `${String(round.trials).padStart(5)} trials  ${round.resident.toFixed(0)} MB resident, ${round.heap.toFixed(1)} MB heap`,
  )
})
const perTrial = (performance.now() - start) / 2000
const grown = rounds.at(-1).resident - rounds[1].resident
console.log(`${perTrial.toFixed(2)} ms a trial; ${grown.toFixed(1)} MB more after trial 2,000 than after trial 400`)
if (grown > 32) process.exitCode = 1
