import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { promisify } from 'node:util'
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

/** Memory in bytes of each visible GPU; one NaN where NVIDIA's tool does not tell. */
export async function deviceMemory(visible: string | undefined = process.env.CUDA_VISIBLE_DEVICES): Promise<number[]> {
  const only = visible === undefined ? [] : ['--id', visible]
  try {
    const asked = ['--query-gpu=memory.total', '--format=csv,noheader,nounits', ...only]
    const { stdout } = await promisify(execFile)('nvidia-smi', asked, { timeout: 5000 })
    return memoryOf(stdout)
  } catch {
    return [Number.NaN]
  }
}

/** From a line with MiB for each GPU; one whose memory is the machine's own has none to tell. */
export function memoryOf(listed: string): number[] {
  const lines = listed.split('\n').filter((line) => line.trim() !== '')
  return lines.length === 0 ? [Number.NaN] : lines.map((line) => Number.parseFloat(line) * 2 ** 20)
}

/** Their numbers, as CUDA counts them; none where the driver does not list them. */
function installedGpus(): string[] {
  const folder = '/proc/driver/nvidia/gpus'
  return existsSync(folder) ? readdirSync(folder).map((_, i) => String(i)) : []
}
