import { existsSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createJiti } from 'jiti'
import { cacheFolder } from '../../core/cache-folder.ts'
import { TunerError } from '../../core/errors.ts'
import { checkDefinition, type StudyDefinition } from './definition.ts'

/**
 * Loads a study's module, TypeScript or JavaScript. `tfjs-tuner` means the running package wherever the module lies, so
 * a study needs no installation beside it. Throws `study/...`.
 */
export async function loadModule(path: string): Promise<StudyDefinition> {
  if (!existsSync(path)) {
    throw new TunerError('study/file-missing', `There is no study file ${path}.`, {
      hint: 'Check the path; it is taken from the folder in which you are.',
    })
  }
  const value = await importDefault(path)
  if (value === undefined) {
    throw new TunerError('study/no-default-export', `${path} has no default export.`, {
      hint: 'Write: export default defineStudy({ ... })',
    })
  }
  checkDefinition(value, path)
  return value
}

async function importDefault(path: string): Promise<unknown> {
  const self = fileURLToPath(new URL('../../index.js', import.meta.url))
  // Workers load what this process has loaded, and should not have to translate it once more.
  const fsCache = join(cacheFolder(), 'modules')
  const jiti = createJiti(import.meta.url, { alias: { 'tfjs-tuner': self }, fsCache })
  try {
    const module = (await jiti.import(path)) as { default?: unknown }
    // To a module without a default export jiti gives itself as one; studies need it for the packages that they import.
    return Object.hasOwn(module, 'default') ? module.default : undefined
  } catch (error) {
    throw explained(path, error)
  }
}

function explained(path: string, error: unknown): TunerError {
  if (error instanceof TunerError) return error
  const message = error instanceof Error ? error.message : String(error)
  const syntax = /^ParseError: (.*?)\s*\n\s*(\S.*:\d+:\d+)/.exec(message)
  if (syntax !== null || error instanceof SyntaxError) {
    const [, reason = message, place = path] = syntax ?? []
    return new TunerError('study/syntax', `${place} does not parse: ${reason.replace(/\.$/, '')}.`, {
      cause: error,
      hint: `Correct the ${extname(path) === '.ts' ? 'TypeScript' : 'JavaScript'} there.`,
    })
  }
  const place = error instanceof Error ? placeOf(path, error) : undefined
  return new TunerError('study/threw', `${place ?? path} threw while it was loaded: ${message}`, {
    cause: error,
    hint: 'Correct the study, or install what it imports.',
  })
}

/** `file:line:column` of the first frame of a stack that lies in the module, if the module has such a place. */
function placeOf(path: string, { stack = '' }: Error): string | undefined {
  const frame = stack.split('\n').find((line) => line.includes(path) || line.includes(pathToFileURL(path).href))
  const [, line, column] = frame?.match(/:(\d+):(\d+)\)?$/) ?? []
  // Imports may be joined into one long line, which would be a wrong place to look.
  const length = readFileSync(path, 'utf8').split('\n')[Number(line) - 1]?.length ?? 0
  return Number(column) <= length + 1 ? `${path}:${line}:${column}` : undefined
}
