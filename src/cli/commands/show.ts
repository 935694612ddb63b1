import type { Command } from 'commander'
import { trialOf } from '../../study/choose-trial.ts'
import { wholeNumber } from '../arguments.ts'
import { findStudy, withDatabase } from '../find-study.ts'
import { toShowJson, toWholeTrialJson } from '../json-forms.ts'
import { addCommonOptions, type CommonOptions } from '../options.ts'
import { showLines } from '../show-lines.ts'
import type { Terminal } from '../terminal.ts'
import { wholeTrialLines } from '../whole-trial.ts'

const HELP = `
Examples:
  tune show
  tune show boston --db experiments.db
  tune show boston --trial 7 --verbose
  tune show boston --json | jq .counts`

interface ShowOptions extends CommonOptions {
  readonly trial?: number
  readonly verbose?: boolean
}

export function addShowCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('show')
    .summary('what a study is and how far it has come')
    .description('Shows what a study is and how far it has come: space, tuner, settings, trials, environment, best.')
    .argument('[name]', 'the study; may be left out where the database has just one')
    .option('--trial <number>', 'one trial in full: folds, attempts, what failed and why', wholeNumber('--trial', 0))
  addCommonOptions(command)
    .addHelpText('after', HELP)
    .action(async (name: string | undefined, { db, json, trial: number, verbose = false }: ShowOptions) => {
      const { summary, trials, runs } = await withDatabase(db, async (storage) => {
        const found = await findStudy(storage, name, db)
        const { name: study } = found.study
        return { summary: found, trials: await storage.readTrials(study), runs: await storage.readRuns(study) }
      })
      const { study } = summary
      if (number !== undefined) {
        const trial = trialOf(study, trials, number)
        if (json) terminal.printJson(toWholeTrialJson(study.name, trial))
        else terminal.print(wholeTrialLines(study, trial, verbose, terminal.style))
      } else if (json) terminal.printJson(toShowJson(summary, trials, runs))
      else terminal.print(showLines(summary, trials, runs, terminal.style))
    })
}
