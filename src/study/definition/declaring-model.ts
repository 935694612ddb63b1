import { HyperParameters } from '../../search-space/hp.ts'
import type { Declared } from '../../trial-runner/runner.ts'
import type { ModelContext, Work, Workload } from '../../trial-runner/workload.ts'
import type { StudyDefinition } from './definition.ts'

/** Hands `model()` an `hp`; where the study has no space, what is declared with it is remembered. */
export function declaringModel(
  model: NonNullable<StudyDefinition['model']>,
  hasSpace: boolean,
): { readonly work: Work } & Pick<Workload, 'declared'> {
  let last: HyperParameters | undefined
  const build = (context: ModelContext) => {
    last = new HyperParameters(context.params)
    return model({ ...context, hp: last })
  }
  const declared = (): Declared | undefined => last && { space: last.spec as never, params: last.params }
  return { work: { kind: 'model', model: build }, ...(hasSpace ? {} : { declared }) }
}
