import { existsSync, readdirSync } from 'node:fs'

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

function installedDevices(): string[] {
  const folder = '/proc/driver/nvidia/gpus'
  return existsSync(folder) ? readdirSync(folder).map((_, i) => String(i)) : []
}
