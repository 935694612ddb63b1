import { readFileSync } from 'node:fs'
import { getHeapStatistics } from 'node:v8'

export const MEBIBYTE = 2 ** 20

/** What this thread holds by itself: its JavaScript heap, array buffers and WebAssembly memory. Not what native code has. */
export function threadBytes(): number {
  const { used_heap_size, external_memory } = getHeapStatistics()
  return used_heap_size + external_memory
}

/** What a process has in memory; undefined where the system does not say (anywhere but on Linux), or it is gone. */
export function residentBytes(pid: number): number | undefined {
  try {
    const kibibytes = /VmRSS:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024
  } catch {
    return undefined
  }
}

export function mebibytes(bytes: number): string {
  return `${Math.round(bytes / MEBIBYTE)} MiB`
}
