import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { hasProcess, processStat } from '../../core/running-process.ts'

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
  return { pid, host: hostname(), pidSpace: pidSpace(), processStart: processStat(pid)?.start }
}

/**
 * Whether the process lives. On this host that is a fact: a process that has ended, a zombie, and one that only
 * inherited the pid do not. Of another host all that is known is the last heartbeat.
 */
export function isAlive(owner: ProcessIdentity, heartbeatAt: number, now: number): boolean {
  if (owner.pidSpace !== pidSpace()) return now - heartbeatAt < silenceMs
  if (!hasProcess(owner.pid)) return false
  const stat = processStat(owner.pid)
  if (stat === undefined || owner.processStart === undefined) return true
  return stat.state !== 'Z' && stat.state !== 'X' && stat.start === owner.processStart
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
