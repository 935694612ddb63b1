import type { Checkpoint } from '../../core/checkpoint.ts'
import { TunerError } from '../../core/errors.ts'
import type { Engine } from './engine.ts'

/** Throws `engine/unsupported` unless the engine wrote the checkpoint that it is to go on from. */
export function checkOrigin(engine: Engine, checkpoint: Checkpoint): void {
  if (engine.wrote(checkpoint)) return
  throw new TunerError(
    'engine/unsupported',
    `The ${engine.name} engine cannot go on from epoch ${checkpoint.epoch}: another engine trained up to there.`,
    { hint: 'Continue with the engine that the trial began with, or without the checkpoint, from the start.' },
  )
}
