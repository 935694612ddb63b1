import type { Dataset } from '../data/dataset.ts'
import { loadBackend } from './backends/registry.ts'
import { withTensorScope } from './engines/tfjs/tensor-scope.ts'
import { FoldCache } from './fold-cache.ts'
import { modelContext } from './work/context.ts'
import { userCode } from './work/user-code.ts'
import type { Workload } from './workload.ts'

/** Builds a study's model with no params, in this thread, and throws it away: what it declares is then known. */
export async function buildOnce(workload: Workload, dataset: Dataset | undefined, seed: number): Promise<void> {
  const { work } = workload
  if (work.kind !== 'model' || dataset === undefined) return
  await loadBackend('cpu')
  const data = new FoldCache(workload, dataset, seed).fold(0)
  await withTensorScope(() => userCode('model()', {}, async () => work.model(modelContext({}, data.dataset))))
}
