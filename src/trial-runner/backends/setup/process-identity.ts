import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'

/** Names this process in a file name, so that others can tell whether it still runs. */
export async function thisProcess(): Promise<string> {
  return [machine(), process.pid, await startOf(process.pid)].join('~')
}

/** Whether the process of that name still runs. One of another machine, that shares the folder, is taken to. */
export async function isAlive(identity: string): Promise<boolean> {
  const [host, pid = '', start] = identity.split('~')
  if (host !== machine()) return true
  return runs(Number(pid)) && (await startOf(Number(pid))) === start
}

function machine(): string {
  return hostname().replace(/[^\w.]/g, '_')
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When it was started, by the kernel's clock: numbers of processes are used again. `0` where the system does not say. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The name of the program, in parentheses, may hold anything; start time is the 20th field after it.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '0'
}
