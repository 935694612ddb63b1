import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { TunerError } from '../../core/errors.ts'
import type { StudySource } from '../../core/study.ts'
import type { StudyDefinition } from './definition.ts'
import { loadModule } from './load-module.ts'
import { type SweepOptions, sweepStudy } from './sweep.ts'

/** The source of a study in a file: paths become absolute, so that a resume works from anywhere. */
export function moduleSource(module: string | URL, dataPath: string | undefined): StudySource {
  const path = module instanceof URL ? fileURLToPath(module) : resolve(module)
  return { kind: 'module', path, ...(dataPath === undefined ? {} : { dataPath: resolve(dataPath) }) }
}

/** A kept source, its data where it has moved to, if it has. */
export function movedSource(source: StudySource, dataPath: string | undefined): StudySource {
  return dataPath === undefined || source.kind === 'inline' ? source : { ...source, dataPath: resolve(dataPath) }
}

/** The definition that a source stands for. Throws `study/...`. */
export async function loadSource(source: StudySource): Promise<StudyDefinition> {
  if (source.kind === 'module') return loadModule(source.path)
  if (source.kind === 'sweep') return sweepStudy(source.options as SweepOptions) as unknown as StudyDefinition
  throw new TunerError('study/unknown', 'The study was defined inside a program and has no file to load it from.', {
    hint: 'Run that program again: runStudy(definition) goes on with it.',
  })
}
