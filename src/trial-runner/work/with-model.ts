import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Params } from '../../core/params.ts'
import { RandomStream } from '../../core/random.ts'
import type { Dataset } from '../../data/dataset.ts'
import { checkModel } from '../check-model.ts'
import { withSeededMathRandom } from '../engines/tfjs/math-random.ts'
import type { Work } from '../workload.ts'
import { modelContext } from './context.ts'
import { userCode } from './user-code.ts'

/**
 * Builds the user's model for one configuration, on the tfjs backend that is in use, its initial weights drawn from the
 * split `init` of a stream, and gives it to `use`; what its optimizer keeps to itself is freed after that. Throws
 * `model/...`.
 */
export async function withModel<T>(
  { model: build }: Work & { kind: 'model' },
  params: Params,
  dataset: Dataset,
  stream: string,
  use: (model: LayersModel) => Promise<T>,
): Promise<T> {
  const model = await userCode('model()', params, () =>
    withSeededMathRandom(async (reseed) => {
      reseed(new RandomStream(stream).split('init').path)
      return build(modelContext(params, dataset))
    }),
  )
  checkModel(model, dataset)
  try {
    return await use(model)
  } finally {
    model.optimizer.dispose()
  }
}
