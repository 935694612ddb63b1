import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** Which process it is, for another one on any machine. */
export interface ProcessIdentity {
  readonly pid: number
  readonly host: string
  /** Within one space a pid means one process: the host and, on Linux, its boot and PID namespace. */
  readonly pidSpace: string
  /** Tells the process from a later one with the same pid; undefined where the platform does not say. */
  readonly processStart: string | undefined
}

/** How long a process of another host counts as alive without a sign of life. */
const silenceMs = 30_000

export function thisProcess(): ProcessIdentity {
  const { pid } = process
  return { pid, host: hostname(), pidSpace: pidSpace(), processStart: statOf(pid)?.start }
}

/**
 * Whether the process lives. On this host that is a fact: a process that has ended, a zombie, and one that only
 * inherited the pid do not. Of another host all that is known is the last heartbeat.
 */
export function isAlive(owner: ProcessIdentity, heartbeatAt: number, now: number): boolean {
  if (owner.pidSpace !== pidSpace()) return now - heartbeatAt < silenceMs
  if (!hasProcess(owner.pid)) return false
  const stat = statOf(owner.pid)
  if (stat === undefined || owner.processStart === undefined) return true
  return stat.state !== 'Z' && stat.state !== 'X' && stat.start === owner.processStart
}

function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it exists and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** From /proc/<pid>/stat: the state (field 3) and the start, in clock ticks since boot (field 22). */
function statOf(pid: number): { state: string; start: string } | undefined {
  const text = attempt(() => readFileSync(`/proc/${pid}/stat`, 'latin1'))
  if (text === undefined) return undefined
  // Field 2, the command in parentheses, may itself hold spaces and parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state, start] = [fields[0], fields[19]]
  return state === undefined || start === undefined ? undefined : { state, start }
}

function pidSpace(): string {
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim())
  const namespace = attempt(() => readlinkSync('/proc/self/ns/pid'))
  return [hostname(), boot, namespace].filter((part) => part !== undefined).join(' ')
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
