import { TunerError } from '../../../core/errors.ts'
import { runCommand } from './command.ts'
import type { Tool } from './setup.ts'

/** A tool as it was looked for on this machine. */
export interface FoundTool {
  readonly tool: Tool
  /** The program to run; absent where none was found. */
  readonly program?: string
  /** The first line of what it says about its version. */
  readonly version?: string
}

export async function findTools(tools: readonly Tool[]): Promise<FoundTool[]> {
  return Promise.all([...new Set(tools)].map(find))
}

async function find(tool: Tool): Promise<FoundTool> {
  for (const [program, ...args] of tool.candidates) {
    const said = await runCommand(program, args).catch(() => undefined)
    if (said !== undefined) return { tool, program, version: said.trim().split('\n')[0] ?? '' }
  }
  return { tool }
}

/** Throws `setup/tool-missing` unless all are there. */
export function requireTools(found: readonly FoundTool[]): void {
  const missing = found.filter(({ program }) => program === undefined).map(({ tool }) => tool)
  if (missing.length === 0) return
  const names = missing.map(({ name }) => name).join(' and ')
  throw new TunerError('setup/tool-missing', `This setup needs ${names}, which this machine does not have.`, {
    hint: missing.map(({ remedy }) => remedy).join(' '),
  })
}
