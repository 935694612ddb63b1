import { hostname } from 'node:os'
import { hasProcess, processStat } from '../../../core/running-process.ts'

/** Names this process in a file name, so that others can tell whether it still runs. */
export function thisProcess(): string {
  return [machine(), process.pid, startOf(process.pid)].join('~')
}

/** Whether the process of that name still runs. One of another machine, that shares the folder, is taken to. */
export function isAlive(identity: string): boolean {
  const [host, pid = '', start] = identity.split('~')
  return host !== machine() || (hasProcess(Number(pid)) && startOf(Number(pid)) === start)
}

function machine(): string {
  return hostname().replace(/[^\w.]/g, '_')
}

/** `0` where the system does not say. */
function startOf(pid: number): string {
  return processStat(pid)?.start ?? '0'
}
