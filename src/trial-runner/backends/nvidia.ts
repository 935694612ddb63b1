import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { promisify } from 'node:util'

/** Where the kernel's driver shows itself; the last one is that of Windows' Linux. */
const DEVICES = ['/dev/nvidiactl', '/proc/driver/nvidia/version', '/dev/dxg']

export function hasNvidiaDriver(): boolean {
  return DEVICES.some((path) => existsSync(path))
}

/** Gives the n-th worker one of the visible GPUs, in turn; nothing where there are not several. */
export function devicesOf(
  worker: number,
  visible: string | undefined = process.env.CUDA_VISIBLE_DEVICES,
): Readonly<Record<string, string>> {
  const devices = visible === undefined ? installedDevices() : visible.split(',').filter((device) => device !== '')
  const device = devices[worker % devices.length]
  return devices.length < 2 || device === undefined ? {} : { CUDA_VISIBLE_DEVICES: device }
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

function installedDevices(): string[] {
  const folder = '/proc/driver/nvidia/gpus'
  return existsSync(folder) ? readdirSync(folder).map((_, i) => String(i)) : []
}
