import type { Command } from 'commander'
import { DEFAULT_DATABASE } from '../study/default-database.ts'
import { wholeNumber } from './arguments.ts'

/** What every command takes. */
export interface CommonOptions {
  readonly db: string
  readonly json?: boolean
}

/** What a command that trains takes besides. */
export interface TrainingCommandOptions extends CommonOptions {
  readonly trials?: number
  readonly workers?: number
  readonly backend?: string
}

/** What a command that starts a study takes besides. */
export interface StartOptions extends TrainingCommandOptions {
  readonly name?: string
  readonly epochs?: number
  readonly seed?: number
  readonly tuner?: string
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
    .option('--workers <number>', 'folds trained at once (default: one a processor)', wholeNumber('--workers', 1))
    .option('--backend <name>', 'what tfjs computes on: auto, wasm or cpu (default: auto)')
}

export function addStartOptions(command: Command): Command {
  return addTrainingOptions(command)
    .option('--name <name>', 'the name under which the study is kept')
    .option('--epochs <number>', 'epochs a trial at most', wholeNumber('--epochs', 1))
    .option('--seed <number>', 'from which everything random is derived', wholeNumber('--seed', 0))
    .option('--tuner <name>', 'a tuner in place of the one of the study, such as randomSearch or gridSearch')
}
