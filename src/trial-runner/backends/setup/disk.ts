import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { TunerError } from '../../../core/errors.ts'
import type { SetupStep } from './setup.ts'

/** Bytes that steps fill at most at any one time, and keep in the end. */
export function diskNeed(steps: readonly SetupStep[]): { readonly peak: number; readonly kept: number } {
  let held = 0
  let peak = 0
  for (const { bytes } of steps) {
    peak = Math.max(peak, held + bytes.working)
    held += bytes.kept
  }
  const kept = steps.reduce((sum, { bytes, isTemporary }) => sum + (isTemporary ? 0 : bytes.kept), 0)
  return { peak: Math.max(peak, held), kept }
}

/** Bytes that may still be written to a folder, which need not exist yet. */
export async function freeBytes(folder: string): Promise<number> {
  const found = await statfs(folder).catch(() => undefined)
  if (found !== undefined) return found.bavail * found.bsize
  return dirname(folder) === folder ? Number.POSITIVE_INFINITY : freeBytes(dirname(folder))
}

/** Throws `setup/disk-full` where a folder has no room for that much. */
export function requireDisk(folder: string, free: number, peak: number): void {
  if (peak <= free) return
  throw new TunerError(
    'setup/disk-full',
    `This setup needs ${inWords(peak)} in ${folder}; ${inWords(free)} are free.`,
    {
      hint: 'Make room, or choose another folder with --dir (and set TUNE_NATIVE_DIR to it for what comes after).',
    },
  )
}

/** `1.4 GB`, `12 MB`. */
export function inWords(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`
}
