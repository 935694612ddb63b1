import type { Command } from 'commander'
import { conduct } from '../conduct.ts'
import { findStudy, withDatabase } from '../find-study.ts'
import { addCommonOptions, addTrainingOptions, type TrainingCommandOptions } from '../options.ts'
import { definedOnly } from '../run-options.ts'
import type { Terminal } from '../terminal.ts'

const HELP = `
Everything comes from the database and the files that it names: finished trials are kept, unfinished ones are trained,
and the ranking is the one of a run that was never interrupted.

Examples:
  tune resume boston
  tune resume boston --db experiments.db --trials 100
  tune resume boston --data moved/boston_housing.csv`

export function addResumeCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('resume')
    .summary('go on with a study that was interrupted, or with more trials')
    .description('Goes on with a study that was interrupted, or with more trials.')
    .argument('[name]', 'the study; may be left out where the database has just one')
    .option('--data <file>', 'the data, where it has moved')
  addCommonOptions(addTrainingOptions(command))
    .addHelpText('after', HELP)
    .action(async (name: string | undefined, options: TrainingCommandOptions & { data?: string }) => {
      const { resumeStudy } = await import('../../study/run-study.ts')
      await withDatabase(options.db, async (storage) => {
        const { study } = await findStudy(storage, name, options.db)
        await conduct(
          (hooks) => resumeStudy(study.name, { ...definedOnly(options), storage, ...hooks }),
          options,
          terminal,
        )
      })
    })
}
