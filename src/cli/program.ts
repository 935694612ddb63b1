import { Command, CommanderError } from 'commander'
import { TunerError } from '../core/errors.ts'
import { version } from '../core/version.ts'
import { addBestCommand } from './commands/best.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addFitCommand } from './commands/fit.ts'
import { addListCommand } from './commands/list.ts'
import { addPlanCommand } from './commands/plan.ts'
import { addResumeCommand } from './commands/resume.ts'
import { addRunCommand } from './commands/run.ts'
import { addSetupCommand } from './commands/setup.ts'
import { addShowCommand } from './commands/show.ts'
import { addSweepCommand } from './commands/sweep.ts'
import { addTrialsCommand } from './commands/trials.ts'
import type { Terminal } from './terminal.ts'

const HELP = `
Studies are kept in a file of SQLite, ./tune.db unless --db says otherwise. Stop at any time with Ctrl-C: what is finished
is kept, and tune resume goes on.

Examples:
  tune run study.ts --workers 4
  tune sweep boston_housing.csv --target medv --dropout 0:0.6 --learning-rate 1e-4:1e-1:log
  tune resume boston
  tune best boston --json
  tune fit boston

tune <command> --help tells more about a command.`

/** Reads the arguments and does what they say. Throws whatever a command throws; a wrong line is `command/bad-argument`. */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<void> {
  const program = new Command('tune')
    .description('Tunes hyperparameters of TensorFlow.js models: search, cross-validate, keep, resume.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false)
    .addHelpText('after', HELP)
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureOutput({ writeErr: () => {} })
  for (const add of [
    addRunCommand,
    addSweepCommand,
    addPlanCommand,
    addResumeCommand,
    addListCommand,
    addShowCommand,
    addTrialsCommand,
    addBestCommand,
    addFitCommand,
    addDoctorCommand,
    addSetupCommand,
  ])
    add(program, terminal)
  try {
    await program.parseAsync(args.length === 0 ? ['--help'] : [...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode !== 0) throw badArgument(error, args)
  }
}

/** What commander says, in the form of every other error. */
function badArgument({ message }: CommanderError, [verb = '']: readonly string[]): TunerError {
  const [said = '', ...suggestion] = message.replace(/^error: /, '').split('\n')
  const sentence = `${said.charAt(0).toUpperCase()}${said.slice(1)}`.replace(/\.?$/, '.')
  const help = `tune ${verb.startsWith('-') || /unknown command/.test(said) ? '' : `${verb} `}--help shows what can be written.`
  const hint = [...suggestion.map((text) => text.replace(/^\((.*)\)$/, '$1')), help].join(' ')
  return new TunerError('command/bad-argument', sentence, { hint })
}
