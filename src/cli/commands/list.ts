import type { Command } from 'commander'
import { withDatabase } from '../find-study.ts'
import { toStudyJson } from '../json-forms.ts'
import { short } from '../numbers.ts'
import { addCommonOptions, type CommonOptions } from '../options.ts'
import { table } from '../table.ts'
import type { Terminal } from '../terminal.ts'

export function addListCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('list')
    .summary('the studies of a database')
    .description('Lists the studies of a database, the last used first.')
  addCommonOptions(command)
    .addHelpText('after', '\nExamples:\n  tune list\n  tune list --db experiments.db --json')
    .action(async ({ db, json }: CommonOptions) => {
      const studies = await withDatabase(db, (storage) => storage.listStudies())
      if (json) return terminal.printJson(studies.map(toStudyJson))
      if (studies.length === 0) return terminal.print([`${db} has no studies yet.`])
      const rows = studies.map(({ study, status, trials, value, lastUsedAt }) => [
        study.name,
        status,
        `${trials}`,
        value === undefined ? '' : short(value),
        study.objective.metric,
        localTime(lastUsedAt),
      ])
      const [titles = '', ...lines] = table(
        [
          { title: 'study' },
          { title: 'status' },
          { title: 'trials', align: 'right' },
          { title: 'best', align: 'right' },
          { title: 'of' },
          { title: 'last used' },
        ],
        rows,
      )
      terminal.print([terminal.style('dim', titles), ...lines])
    })
}

/** `2026-11-03 14:05`, by the clock of this machine. */
function localTime(ms: number): string {
  return new Date(ms).toLocaleString('sv', { dateStyle: 'short', timeStyle: 'short' })
}
