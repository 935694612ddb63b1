import { TunerError } from '../../core/errors.ts'
import { core } from '../engines/tfjs/tfjs.ts'

/** Selects a registered tfjs backend and checks that it really is the one in use: tfjs falls back in silence. */
export async function activate(name: string): Promise<void> {
  const accepted = await core.setBackend(name)
  await core.ready()
  if (!accepted || core.getBackend() !== name) {
    throw new TunerError(
      'engine/backend-unavailable',
      `The tfjs backend "${name}" did not start; tfjs offers "${core.getBackend()}" instead.`,
      { hint: 'Choose another one with --backend, for example --backend cpu.' },
    )
  }
}
