import type { Command } from 'commander'
import { findStudy, withDatabase } from '../find-study.ts'
import { toShowJson } from '../json-forms.ts'
import { addCommonOptions, type CommonOptions } from '../options.ts'
import { showLines } from '../show-lines.ts'
import type { Terminal } from '../terminal.ts'

const HELP = `
Examples:
  tune show
  tune show boston --db experiments.db
  tune show boston --json | jq .counts`

export function addShowCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('show')
    .summary('what a study is and how far it has come')
    .description('Shows what a study is and how far it has come: space, tuner, settings, trials, environment, best.')
    .argument('[name]', 'the study; may be left out where the database has just one')
  addCommonOptions(command)
    .addHelpText('after', HELP)
    .action(async (name: string | undefined, { db, json }: CommonOptions) => {
      const { summary, trials } = await withDatabase(db, async (storage) => {
        const found = await findStudy(storage, name, db)
        return { summary: found, trials: await storage.readTrials(found.study.name) }
      })
      if (json) terminal.printJson(toShowJson(summary, trials))
      else terminal.print(showLines(summary, trials, terminal.style))
    })
}
