import { Socket } from 'node:net'
import { workerData } from 'node:worker_threads'
import { OWNER_FD } from './wire.ts'

// A thread of a worker process, since the main one may be training, or caught in user code, when its owner is gone.
const stopping = workerData as Int32Array<SharedArrayBuffer>
const owner = new Socket({ fd: OWNER_FD })
owner.on('data', (sequences) => Atomics.store(stopping, 0, sequences.at(-1) ?? 0))
owner.on('error', () => {})
owner.on('close', () => process.kill(process.pid, 'SIGKILL'))
