import type { Command } from 'commander'
import { nothingComplete } from '../../study/choose-trial.ts'
import { keptEngines } from '../../study/opening/kept-engines.ts'
import { bestTrial } from '../../study/ranking.ts'
import { typedCommand } from '../arguments.ts'
import { bestLines } from '../best-lines.ts'
import { findStudy, withDatabase } from '../find-study.ts'
import { toTrialJson } from '../json-forms.ts'
import { addCommonOptions, type CommonOptions } from '../options.ts'
import type { Terminal } from '../terminal.ts'

const HELP = `
Examples:
  tune best
  tune best boston --db experiments.db
  tune best boston --json | jq .params`

export function addBestCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('best')
    .summary('the best trial of a study')
    .description('Shows the best trial of a study: its parameters and what they reached.')
    .argument('[name]', 'the study; may be left out where the database has just one')
  addCommonOptions(command)
    .addHelpText('after', HELP)
    .action(async (name: string | undefined, { db, json }: CommonOptions) => {
      const { study, best } = await withDatabase(db, async (storage) => {
        const { study } = await findStudy(storage, name, db)
        return { study, best: bestTrial(await storage.readTrials(study.name), study.objective.direction) }
      })
      if (best === undefined) throw nothingComplete(study.name)
      if (json) return terminal.printJson(toTrialJson(study.name, best))
      terminal.print([terminal.style('bold', `Best of ${study.name}`), '', ...bestLines(study, best)])
      const canFit = keptEngines(study) !== undefined
      if (canFit)
        terminal.print(['', 'To train it on all rows and keep the model:', `  ${typedCommand('fit', study.name, db)}`])
    })
}
