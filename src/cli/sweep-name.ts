import { existsSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { TunerError } from '../core/errors.ts'
import type { StudyRecord } from '../core/study.ts'
import type { SweepOptions } from '../study/definition/sweep.ts'
import { withDatabase } from './find-study.ts'

/** A sweep as it was asked for, before it has a name. */
export interface SweepPlan {
  readonly dataPath: string
  /** As given with `--name`. */
  readonly name: string | undefined
  /** Otherwise. */
  readonly usualName: string
  readonly options: Omit<SweepOptions, 'name'>
  readonly seed: number | undefined
  readonly tuner: string | undefined
}

/**
 * The name of a sweep: of the study that is this very sweep, which is then gone on with, or the first free one of
 * `x-sweep`, `x-sweep-2`, `x-sweep-3`, ... Throws `study/changed` where `--name` names a study that is something else.
 */
export async function chooseSweepName(plan: SweepPlan, db: string): Promise<string> {
  if (!existsSync(db)) return plan.name ?? plan.usualName
  const studies = await withDatabase(db, (storage) => storage.listStudies())
  return nameAmong(
    studies.map(({ study }) => study),
    plan,
  )
}

/** {@link chooseSweepName} among the studies of a database. */
export function nameAmong(studies: readonly StudyRecord[], plan: SweepPlan): string {
  const kept = (name: string) => studies.find((study) => study.name === name)
  if (plan.name !== undefined) {
    const study = kept(plan.name)
    if (study === undefined || isSameSweep(study, plan)) return plan.name
    throw new TunerError('study/changed', `Study "${plan.name}" is another one than this sweep.`, {
      hint: 'Give the sweep a name of its own, or leave --name out.',
    })
  }
  for (let number = 1; ; number++) {
    const name = number === 1 ? plan.usualName : `${plan.usualName}-${number}`
    const study = kept(name)
    if (study === undefined || isSameSweep(study, plan)) return name
  }
}

/** Whether going on with a study does what a plan asks for. The number of trials may grow. */
function isSameSweep({ source, seed, tuner }: StudyRecord, plan: SweepPlan): boolean {
  if (source.kind !== 'sweep' || source.dataPath !== plan.dataPath) return false
  if (plan.seed !== undefined && plan.seed !== seed) return false
  if (plan.tuner !== undefined && plan.tuner !== tuner.name) return false
  return isDeepStrictEqual(settled(source.options), settled(plan.options))
}

function settled(options: object): object {
  const { name: _, trials: __, ...rest } = options as Partial<SweepOptions>
  return rest
}
