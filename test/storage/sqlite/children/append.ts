// Appends epochs without end and prints each one as soon as it is confirmed.
import { writeSync } from 'node:fs'
import { sqliteStorage } from '../../../../src/storage/sqlite/storage.ts'

const [path = '', study = ''] = process.argv.slice(2)
const storage = sqliteStorage(path)
const lease = await storage.acquireLease(study)
const trial = (await storage.readTrials(study)).length
await lease.append([
  { type: 'trial-started', trial, params: {}, epochs: 1e9, at: Date.now() },
  { type: 'fold-started', trial, fold: 0, fromEpoch: 0 },
])
for (let epoch = 1; ; epoch += 3) {
  const epochs = [epoch, epoch + 1, epoch + 2].map((n) => {
    const metrics = { loss: 1 / n, val_loss: 2 / n }
    return { type: 'epoch-finished', trial, fold: 0, epoch: n, metrics } as const
  })
  await lease.append(epochs)
  writeSync(1, `${trial} ${epoch + 2}\n`)
}
