import type { StudySource } from '../core/study.ts'
import { countConfigurations } from '../search-space/count.ts'
import { memoryStorage } from '../storage/memory.ts'
import { type Brackets, epochsOf, trialsOf } from './bracket-cost.ts'
import { loadSource } from './definition/source.ts'
import { openStudy, type StudyChoices } from './opening/open-study.ts'

/** What a study will cost, before it starts. */
export interface StudyPlan {
  readonly study: string
  readonly tuner: string
  /** Bracket by bracket, rung by rung; undefined where the tuner trains every trial to the end. */
  readonly brackets: Brackets | undefined
  /** New trials at most; undefined where only the stop rules end the study. */
  readonly trials: number | undefined
  readonly folds: number
  /** Epochs of a trial that is trained to the end. */
  readonly epochs: number
  /** Epochs of all trials and folds together at most, continuations counted once; undefined with `trials`. */
  readonly totalEpochs: number | undefined
}

/** Reads a study and its data, checks both, and says what it comes to. Runs and keeps nothing. */
export async function planStudy(source: StudySource, choices: StudyChoices = {}): Promise<StudyPlan> {
  const { record, resolved, space, tuner } = await openStudy(await loadSource(source), source, choices, memoryStorage())
  const { epochs, folds } = resolved
  const brackets = tuner.plan?.(epochs)
  const trials =
    brackets === undefined ? trialLimit(tuner.options.trials, countConfigurations(space)) : trialsOf(brackets)
  const perFold = brackets === undefined ? trials && trials * epochs : epochsOf(brackets)
  return {
    study: record.name,
    tuner: tuner.name,
    brackets,
    trials,
    folds,
    epochs,
    totalEpochs: perFold === undefined ? undefined : perFold * folds,
  }
}

function trialLimit(asked: unknown, configurations: number): number | undefined {
  const limit = Math.min(typeof asked === 'number' ? asked : Number.POSITIVE_INFINITY, configurations)
  return Number.isFinite(limit) ? limit : undefined
}
