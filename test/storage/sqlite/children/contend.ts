// Takes a study and gives it back many times over, adding a trial each time; prints what came of it, by kind.
import { once } from 'node:events'
import { sqliteStorage } from '../../../../src/storage/sqlite/storage.ts'

const [path = '', study = '', times = ''] = process.argv.slice(2)
const storage = sqliteStorage(path)
console.log('ready')
await once(process.stdin, 'data')
const outcomes: Record<string, number> = {}
for (let i = 0; i < Number(times); i++) {
  const outcome = await addTrial().then(
    () => 'added',
    (error) => String(error.code),
  )
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
}
console.log(JSON.stringify(outcomes))
process.exit()

async function addTrial() {
  const lease = await storage.acquireLease(study)
  const { trials = 0 } = (await storage.readStudy(study)) ?? {}
  await lease.append([{ type: 'trial-started', trial: trials, params: {}, epochs: 1, at: 1 }])
  await lease.release()
}
