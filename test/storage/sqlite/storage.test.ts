import { sqliteStorage } from '../../../src/storage/sqlite/storage.ts'
import { describeStorage } from '../../contracts/storage.ts'
import { databasePath } from './database-path.ts'

describeStorage('sqliteStorage', (clock) => sqliteStorage(databasePath(), { clock }))
