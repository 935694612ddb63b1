// Takes the lease of a study when it is told to, says what came of it, and holds on.
import { once } from 'node:events'
import { sqliteStorage } from '../../../../src/storage/sqlite/storage.ts'

const [path = '', study = ''] = process.argv.slice(2)
const storage = sqliteStorage(path)
console.log('ready')
await once(process.stdin, 'data')
const said = await storage.acquireLease(study).then(
  () => 'mine',
  (error) => `${error.code} ${error.message}`,
)
console.log(said)
setInterval(() => undefined, 1000)
