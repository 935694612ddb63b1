import { readFileSync } from 'node:fs'

/** Whether a process of this machine has that number. */
export function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it exists and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Its state, `Z` and `X` being ended ones, and when it was started, in clock ticks since boot: numbers are used again.
 * Undefined where the system does not say (`/proc/<pid>/stat`, fields 3 and 22).
 */
export function processStat(pid: number): { readonly state: string; readonly start: string } | undefined {
  const text = contentOf(`/proc/${pid}/stat`)
  if (text === undefined) return undefined
  // Field 2, the command in parentheses, may itself hold spaces and parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state, start] = [fields[0], fields[19]]
  return state === undefined || start === undefined ? undefined : { state, start }
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return undefined
  }
}
