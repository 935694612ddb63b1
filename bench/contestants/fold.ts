import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { StudyDefinition } from '../../src/study/definition/definition.ts'
import { resolveStudy } from '../../src/study/definition/settings.ts'
import type { FoldData } from '../../src/training/fold-data.ts'
import { FoldCache } from '../../src/trial-runner/fold-cache.ts'
import { modelContext } from '../../src/trial-runner/work/context.ts'
import { cases, PARAMS, stepsOf } from '../workloads/cases.ts'

/** What a contestant that trains a part of a trial is told. */
export interface PartTask {
  readonly case: string
  /** Steps of an epoch at most; validation rows in proportion. */
  readonly steps: number
  /** To train for, with and without validation each. */
  readonly milliseconds: number
}

export interface Folds {
  /** As much of the first fold as there are `steps` for. */
  readonly part: FoldData
  readonly steps: number
  readonly batchSize: number
  readonly epochs: number
  /** Of a whole trial. */
  whole(): readonly FoldData[]
  makeModel(): Promise<LayersModel>
}

/** The folds of a workload, and a part of the first one. */
export async function foldsOf(task: PartTask): Promise<Folds> {
  const workload = cases.find(({ name }) => name === task.case)
  if (workload === undefined) throw new Error(`There is no workload "${task.case}".`)
  const module = (await import(`../workloads/${task.case}.ts`)) as { default: StudyDefinition }
  const definition = module.default
  const dataset = await definition.data?.({ path: undefined })
  if (dataset === undefined) throw new Error(`The workload "${task.case}" has no data.`)
  const cache = new FoldCache(resolveStudy(definition, {}).workload, dataset, 0)
  const fold = cache.fold(0)
  const steps = Math.min(task.steps, stepsOf(workload))
  const train = fold.train.slice(0, steps * workload.batchSize)
  const share = train.length / fold.train.length
  const validation = fold.validation.slice(0, Math.round(share * fold.validation.length))
  return {
    part: { dataset: fold.dataset, train, validation },
    steps,
    batchSize: workload.batchSize,
    epochs: workload.epochs,
    whole: () => Array.from({ length: workload.folds }, (_, k) => cache.fold(k)),
    makeModel: async () => (await definition.model?.(modelContext(PARAMS, fold.dataset) as never)) as LayersModel,
  }
}
