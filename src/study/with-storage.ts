import { sqliteStorage } from '../storage/sqlite/storage.ts'
import type { Storage } from '../storage/storage.ts'
import { DEFAULT_DATABASE } from './default-database.ts'

/** Uses a storage as it is, or opens a file of SQLite and closes it afterwards. */
export async function withStorage<T>(
  storage: Storage | string | undefined,
  mustExist: boolean,
  use: (storage: Storage) => Promise<T>,
): Promise<T> {
  if (typeof storage === 'object') return use(storage)
  const opened = sqliteStorage(storage ?? DEFAULT_DATABASE, { mustExist })
  try {
    return await use(opened)
  } finally {
    await opened.close()
  }
}
