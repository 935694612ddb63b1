import type { Command } from 'commander'
import { findStudy, withDatabase } from '../find-study.ts'
import { toTrialsJson } from '../json-forms.ts'
import { addCommonOptions, type CommonOptions } from '../options.ts'
import { rankingTable } from '../ranking-table.ts'
import type { Terminal } from '../terminal.ts'

const HELP = `
Examples:
  tune trials
  tune trials boston --db experiments.db
  tune trials boston --json | jq '.[0].params'`

export function addTrialsCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('trials')
    .summary('all trials of a study, the best first')
    .description('Ranks all trials of a study, the best first.')
    .argument('[name]', 'the study; may be left out where the database has just one')
  addCommonOptions(command)
    .addHelpText('after', HELP)
    .action(async (name: string | undefined, { db, json }: CommonOptions) => {
      const { summary, trials } = await withDatabase(db, async (storage) => {
        const found = await findStudy(storage, name, db)
        return { summary: found, trials: await storage.readTrials(found.study.name) }
      })
      if (json) return terminal.printJson(toTrialsJson(summary, trials))
      const [titles = '', ...lines] = rankingTable(summary.study, trials, Number.POSITIVE_INFINITY)
      terminal.print([terminal.style('dim', titles), ...lines])
    })
}
