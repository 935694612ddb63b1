import { memoryStorage } from '../../src/storage/memory.ts'
import { describeStorage } from '../contracts/storage.ts'

describeStorage('memoryStorage', (clock) => memoryStorage({ clock }))
