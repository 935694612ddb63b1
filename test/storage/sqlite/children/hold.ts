// When it is told to, opens a database and takes the lease of a study, says what came of it, and holds on.
import { once } from 'node:events'
import { sqliteStorage } from '../../../../src/storage/sqlite/storage.ts'

const [path = '', study = ''] = process.argv.slice(2)
console.log('ready')
await once(process.stdin, 'data')
try {
  await sqliteStorage(path).acquireLease(study)
  console.log('mine')
} catch (error) {
  console.log(String(Object(error).code), String(error))
}
setInterval(() => undefined, 1000)
