import { resolve } from 'node:path'
import type { Command } from 'commander'
import { TunerError } from '../../core/errors.ts'
import { sweepName } from '../../study/definition/sweep.ts'
import { names, wholeNumber } from '../arguments.ts'
import { conduct } from '../conduct.ts'
import { addCommonOptions, addStartOptions, type StartOptions } from '../options.ts'
import { definedOnly } from '../run-options.ts'
import { chooseSweepName, type SweepPlan } from '../sweep-name.ts'
import type { Terminal } from '../terminal.ts'

const HELP = `
No code needed: a multilayer perceptron is trained on the table, for regression where the target column is numeric, for
classification where it is not.

A range is written
  0:0.6            from 0 to 0.6
  1e-4:1e-1:log    on a log scale
  0:0.6:0.2        in steps: 0, 0.2, 0.4, 0.6
  16,32,64         exactly these
  0.2              this one
Where every range is a list the sweep is a grid: each combination once. Otherwise --trials of them are drawn.

Examples:
  tune sweep boston_housing.csv --target medv --dropout 0,0.15,0.3 --learning-rate 1e-3,1e-2
  tune sweep patients.csv --target diagnosis --drop id --dropout 0:0.6 --learning-rate 1e-4:1e-1:log --trials 30`

interface SweepCommandOptions extends StartOptions {
  readonly target: string
  readonly drop?: readonly string[]
  readonly dropout?: string
  readonly learningRate?: string
  readonly batchSize?: string
  readonly units?: string
  readonly layers?: string
  readonly folds: number
  readonly patience: number
}

const DEFAULT_TRIALS = 30
const DEFAULT_EPOCHS = 100

export function addSweepCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('sweep')
    .summary('tune a network for a table, without any code')
    .description('Tunes a network for a table, without any code.')
    .argument('<data.csv>', 'the table, with a header line')
    .requiredOption('--target <column>', 'the column to predict')
    .option('--drop <columns>', 'columns to leave out: id,date', names)
    .option('--dropout <range>', 'dropout rate after each hidden layer (default: 0.2)')
    .option('--learning-rate <range>', 'learning rate of Adam (default: 0.001)')
    .option('--batch-size <range>', 'rows a step (default: 32)')
    .option('--units <range>', 'units of each hidden layer (default: 64)')
    .option('--layers <range>', 'hidden layers (default: 2)')
    .option('--folds <number>', 'folds of cross-validation', wholeNumber('--folds', 2), 5)
    .option('--patience <number>', 'epochs without improvement before stopping', wholeNumber('--patience', 1), 10)
  addCommonOptions(addStartOptions(command))
    .addHelpText('after', HELP)
    .action(async (file: string, options: SweepCommandOptions) => {
      const plan = planOf(file, options)
      const name = await chooseSweepName(plan, options.db)
      const { runSource } = await import('../../study/run-study.ts')
      const source = { kind: 'sweep', dataPath: plan.dataPath, options: { ...plan.options, name } } as const
      await conduct(
        (hooks) => runSource(source, { ...definedOnly(options), name, storage: options.db, ...hooks }),
        options,
        terminal,
      )
    })
}

function planOf(file: string, options: SweepCommandOptions): SweepPlan {
  const { dropout, learningRate, batchSize, units, layers, target, drop = [], folds, patience, seed, tuner } = options
  const ranges = Object.entries({ dropout, learningRate, batchSize, units, layers })
  const given = ranges.flatMap(([key, range]) => (range === undefined ? [] : [[key, range]]))
  if (given.length === 0) {
    throw new TunerError('space/empty', 'There is nothing to sweep: expected a range for at least one parameter.', {
      hint: 'Give one or more of --dropout, --learning-rate, --batch-size, --units, --layers, such as --dropout 0,0.2,0.4.',
    })
  }
  const dataPath = resolve(file)
  return {
    dataPath,
    name: options.name,
    usualName: sweepName(dataPath),
    options: {
      target,
      drop,
      ranges: Object.fromEntries(given),
      folds,
      epochs: options.epochs ?? DEFAULT_EPOCHS,
      patience,
      trials: options.trials ?? DEFAULT_TRIALS,
    },
    seed,
    tuner,
  }
}
