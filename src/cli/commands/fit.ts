import type { Command } from 'commander'
import { systemClock } from '../../core/clock.ts'
import type { FitStart } from '../../study/fit/fit-best.ts'
import { wholeNumber } from '../arguments.ts'
import { findStudy, withDatabase } from '../find-study.ts'
import { fitLines, toFitJson } from '../fit-lines.ts'
import { fitView } from '../fit-view.ts'
import { interruptible } from '../interrupt.ts'
import { addCommonOptions, type CommonOptions } from '../options.ts'
import { given } from '../run-options.ts'
import type { Terminal } from '../terminal.ts'

const HELP = `
Writes model.json and weights.bin, as tf.loadLayersModel reads them, and study.json: where the model comes from and what
its preprocessing has learned. It is trained for the number of epochs that was best in validation, and the same study
gives the same weights each time. The database is only read.

Examples:
  tune fit boston
  tune fit boston --trial 7 --out models/boston
  tune fit boston --json | jq -r .folder`

interface FitCommandOptions extends CommonOptions {
  readonly trial?: number
  readonly out?: string
  readonly force?: boolean
  readonly data?: string
}

export function addFitCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('fit')
    .summary('train the best trial on all rows and write the model')
    .description('Trains the best trial of a study on all its rows and writes the model to a folder.')
    .argument('[name]', 'the study; may be left out where the database has just one')
    .option('--trial <number>', 'a complete trial in place of the best', wholeNumber('--trial', 0))
    .option('--out <folder>', 'the folder to write (default: <study>-model)')
    .option('--force', 'also into a folder that holds something else; only the files of the model are replaced')
    .option('--data <file>', 'the data, where it has moved')
  addCommonOptions(command)
    .addHelpText('after', HELP)
    .action((name: string | undefined, options: FitCommandOptions) => conductFit(name, options, terminal))
}

async function conductFit(name: string | undefined, options: FitCommandOptions, terminal: Terminal): Promise<void> {
  const { fitBest } = await import('../../study/fit/fit-best.ts')
  const { db, json, trial, out, force, data } = options
  const view = fitView(options, terminal, systemClock)
  const onStop = () => {
    view.close()
    if (!json) terminal.err.write('Stopping; Ctrl-C again stops at once.\n')
  }
  let started: FitStart | undefined
  const onStart = (start: FitStart) => {
    started = start
    view.onStart(start)
  }
  try {
    const result = await withDatabase(db, async (storage) => {
      const { study } = await findStudy(storage, name, db)
      const choices = { storage, onStart, onEpoch: view.onEpoch, ...given({ trial, out, force, dataPath: data }) }
      return interruptible((signal) => fitBest(study.name, { ...choices, signal }), onStop)
    })
    view.close()
    if (json) terminal.printJson(toFitJson(result))
    else if (started !== undefined) terminal.print(['', ...fitLines(result, started.trial)])
  } finally {
    view.close()
  }
}
