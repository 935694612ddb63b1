import type { Command } from 'commander'
import { conduct } from '../conduct.ts'
import { addCommonOptions, addStartOptions, type StartOptions } from '../options.ts'
import { definedOnly } from '../run-options.ts'
import type { Terminal } from '../terminal.ts'

const HELP = `
A study is a module whose default export is defineStudy({ ... }), in TypeScript or JavaScript. A study that the database
has already is gone on with: finished trials are kept.

Examples:
  tune run study.ts
  tune run study.ts --data boston_housing.csv --trials 50 --workers 4
  tune run study.ts --name boston-2 --seed 2 --db experiments.db
  tune run study.ts --json > best.json`

export function addRunCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('run')
    .summary('run a study from its file, or go on with it')
    .description('Runs a study from its file, or goes on with it.')
    .argument('<study>', 'the file that defines the study')
    .option('--data <file>', "handed to the study's data() as path (default: $TUNE_DATA)")
  addCommonOptions(addStartOptions(command))
    .addHelpText('after', HELP)
    .action(async (study: string, options: StartOptions & { data?: string }) => {
      const { runStudy } = await import('../../study/run-study.ts')
      await conduct(
        (hooks) => runStudy(study, { ...definedOnly(options), storage: options.db, ...hooks }),
        options,
        terminal,
      )
    })
}
