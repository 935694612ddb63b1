import { type Command, Option } from 'commander'
import { DEFAULT_DATABASE } from '../study/default-database.ts'
import type { Isolation } from '../trial-runner/backends/backend.ts'
import { backendNames } from '../trial-runner/backends/names.ts'
import type { EngineChoice } from '../trial-runner/engines/registry.ts'
import { tunerNames } from '../tuners/registry.ts'
import { numberAboveZero, wholeNumber } from './arguments.ts'

/** What every command takes. */
export interface CommonOptions {
  readonly db: string
  readonly json?: boolean
}

/** What a command that trains takes besides. */
export interface TrainingCommandOptions extends CommonOptions {
  readonly trials?: number
  readonly workers?: number
  readonly isolation?: Isolation | 'auto'
  readonly attempts?: number
  readonly epochTimeout?: number
  readonly trialTimeout?: number
  readonly memoryLimit?: number
}

/** What a command that starts a study takes besides. */
export interface StartOptions extends TrainingCommandOptions {
  readonly name?: string
  readonly epochs?: number
  readonly seed?: number
  readonly tuner?: string
  readonly deterministic?: boolean
  readonly engine?: EngineChoice['engine']
  readonly backend?: string
  readonly arithmetic?: EngineChoice['arithmetic']
}

export function addCommonOptions(command: Command): Command {
  return command
    .option('--db <file>', 'the database of studies', DEFAULT_DATABASE)
    .option('--json', 'print one JSON value and nothing else')
    .option('--verbose', 'show where an error comes from')
}

export function addTrainingOptions(command: Command): Command {
  return command
    .option('--trials <number>', 'trials at most, those of earlier runs included', wholeNumber('--trials', 1))
    .option(
      '--workers <number>',
      'folds trained at once (default: by processors and device)',
      wholeNumber('--workers', 1),
    )
    .addOption(
      new Option(
        '--isolation <kind>',
        'where workers train: process costs memory, and survives native crashes',
      ).choices(['auto', 'thread', 'process']),
    )
    .option(
      '--attempts <number>',
      'how often a fold is begun at most when its worker is lost (default: 3)',
      wholeNumber('--attempts', 1),
    )
    .option(
      '--epoch-timeout <seconds>',
      'from one report of a worker to the next (default: no limit)',
      numberAboveZero('--epoch-timeout'),
    )
    .option(
      '--trial-timeout <seconds>',
      'training time of a trial, its folds together (default: no limit)',
      numberAboveZero('--trial-timeout'),
    )
    .option(
      '--memory-limit <MiB>',
      'what a fold may take besides what its worker has (default: no limit)',
      numberAboveZero('--memory-limit'),
    )
}

export function addStartOptions(command: Command): Command {
  return addTrainingOptions(command)
    .option('--name <name>', 'the name under which the study is kept')
    .option('--epochs <number>', 'epochs a trial at most', wholeNumber('--epochs', 1))
    .option('--seed <number>', 'from which everything random is derived', wholeNumber('--seed', 0))
    .option('--tuner <name>', `a tuner in place of the study's: ${tunerNames.join(', ')}`)
    .option('--deterministic', 'the same proposals with any number of workers, at a small cost in waiting')
    .addOption(
      new Option('--engine <name>', 'what trains (default: the fastest, by measurement)').choices([
        'auto',
        'simd',
        'tfjs',
      ]),
    )
    .option('--backend <name>', `what the tfjs engine computes on: ${backendNames.join(', ')}`)
    .addOption(new Option('--arithmetic <name>', 'of the simd engine').choices(['auto', 'fma', 'strict']))
}
