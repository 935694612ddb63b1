import { TunerError } from '../../core/errors.ts'
import type { StudyRecord } from '../../core/study.ts'
import { selectBackend } from '../../trial-runner/backends/registry.ts'
import type { EngineChoice } from '../../trial-runner/engines/registry.ts'
import { resolveArithmetic } from '../../trial-runner/engines/simd/kernels/module.ts'
import { findCandidates } from '../../trial-runner/measurement/candidates.ts'
import type { Candidate } from '../../trial-runner/measurement/measurement.ts'
import type { StudyDefinition } from '../definition/definition.ts'
import { type KeptEngines, keptEngines } from './kept-engines.ts'

/** What trains a study, or what is to be measured in order to know. */
export interface EngineQuestion {
  /** The answer; with candidates, what it is if nothing can be measured. */
  readonly engines: KeptEngines
  /** The preferred ones first; none where the answer is known. */
  readonly candidates: readonly Candidate[]
}

/**
 * What is to train a study. Numbers depend on it in their last bits, so a kept study goes on with what it was started
 * with, and `auto` is decided when a study begins: by measurement where it has a `model`. Nothing is ever taken in place
 * of what was chosen: throws `engine/backend-unavailable` or `engine/arithmetic-unavailable` where that is not to be had.
 */
export async function engineQuestion(
  definition: StudyDefinition,
  wanted: Partial<EngineChoice>,
  kept: StudyRecord | undefined,
): Promise<EngineQuestion> {
  const before = kept && keptEngines(kept)
  if (before !== undefined) return { engines: await resolve(overridden(before, wanted)), candidates: [] }
  const engines = await resolve(requested(definition, wanted))
  const isOpen = definition.model !== undefined && isAuto(wanted.backend) && wanted.engine !== 'simd'
  const candidates = isOpen ? await findCandidates(engines) : []
  return { engines, candidates: candidates.length > 1 ? candidates : [] }
}

function isAuto(word: string | undefined): boolean {
  return word === undefined || word === 'auto'
}

function requested(definition: StudyDefinition, wanted: Partial<EngineChoice>): EngineChoice {
  const { engine = 'auto', backend = 'auto', arithmetic = 'auto' } = wanted
  if (engine === 'simd' && backend !== 'auto') {
    throw new TunerError('engine/unsupported', `The simd engine does not use the backend "${backend}".`, {
      hint: 'Choose one of --engine simd and --backend, not both.',
    })
  }
  // A loop of the user's own computes with tf; what is left open for it is where.
  const isTfjs = backend !== 'auto' || (engine === 'auto' && definition.train !== undefined)
  return { engine: isTfjs ? 'tfjs' : engine, backend, arithmetic }
}

/** A kept choice with what is asked for now; what was measured may be left open again, and stays as it is. */
function overridden(before: KeptEngines, { engine, backend, arithmetic }: Partial<EngineChoice>): KeptEngines {
  const own = isAuto(arithmetic) ? {} : { arithmetic: arithmetic as EngineChoice['arithmetic'] }
  const asks = (word: string | undefined) => word !== undefined && (word !== 'auto' || before.measured === undefined)
  if (!asks(engine) && !asks(backend)) return { ...before, ...own }
  return {
    ...before,
    ...own,
    ...(engine && { engine }),
    ...(backend && { backend }),
    ...(isAuto(backend) ? {} : { engine: 'tfjs' }),
  }
}

async function resolve<T extends EngineChoice>(choice: T): Promise<T> {
  const { name } = await selectBackend(choice.backend)
  const { engine, arithmetic } = choice
  return { ...choice, backend: name, arithmetic: engine === 'tfjs' ? arithmetic : resolveArithmetic(arithmetic) }
}
