import { existsSync, readdirSync } from 'node:fs'
import type { WorkerSlot } from './backend.ts'

/** Where the kernel's driver shows itself; the last one is that of Windows' Linux. */
const DEVICES = ['/dev/nvidiactl', '/proc/driver/nvidia/version', '/dev/dxg']

/** Of each GPU's memory: the rest is for the driver and for the contexts of the processes. */
const SHARED_OUT = 0.9

export function hasNvidiaDriver(): boolean {
  return DEVICES.some((path) => existsSync(path))
}

/**
 * One worker's share of the GPUs: one of those that are visible, in turn, and its part of that one's memory. The user's own
 * TUNE_GPU_MEMORY_FRACTION goes before.
 */
export function gpuShare(
  { index, count }: WorkerSlot,
  env: NodeJS.ProcessEnv = process.env,
  installed: readonly string[] = installedGpus(),
): Readonly<Record<string, string>> {
  const { CUDA_VISIBLE_DEVICES: visible, TUNE_GPU_MEMORY_FRACTION: fraction } = env
  const devices = visible === undefined ? installed : visible.split(/[ ,]+/).filter((device) => device !== '')
  const device = devices[index % devices.length]
  const sharers = Math.ceil(count / Math.max(1, devices.length))
  return {
    ...(device === undefined ? {} : { CUDA_VISIBLE_DEVICES: device }),
    TUNE_GPU_MEMORY_FRACTION: fraction ?? (SHARED_OUT / sharers).toFixed(3),
  }
}

/** Their numbers, as CUDA counts them; none where the driver does not list them. */
function installedGpus(): string[] {
  const folder = '/proc/driver/nvidia/gpus'
  return existsSync(folder) ? readdirSync(folder).map((_, i) => String(i)) : []
}
