import { RandomStream } from '../../core/random.ts'

/** The stream from which everything random in one fold of one trial is drawn. */
export function foldStream(seed: number, trial: number, fold: number): string {
  return new RandomStream(seed).split('trial', trial, 'fold', fold).path
}

/** The stream from which everything random is drawn where a trial's configuration is trained on all rows. */
export function fitStream(seed: number, trial: number): string {
  return new RandomStream(seed).split('trial', trial, 'fit').path
}

/** The stream of a study's tuner. */
export function tunerStream(seed: number): RandomStream {
  return new RandomStream(seed).split('tuner')
}
