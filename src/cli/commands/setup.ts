import { resolve } from 'node:path'
import type { Command } from 'commander'
import { nativeFolder } from '../../trial-runner/backends/native-folder.ts'
import { planSetup } from '../../trial-runner/backends/setup/plan-setup.ts'
import { selectSetup, setupNames } from '../../trial-runner/backends/setup/registry.ts'
import { runSetup } from '../../trial-runner/backends/setup/run-setup.ts'
import { interruptible } from '../interrupt.ts'
import { setupPlanJson, setupPlanLines, setupResultLines } from '../setup-lines.ts'
import { SetupView } from '../setup-view.ts'
import type { Terminal } from '../terminal.ts'

interface SetupCommandOptions {
  readonly dir?: string
  readonly tensorflow?: string
  readonly python?: string
  readonly force?: boolean
  readonly dryRun?: boolean
  readonly json?: boolean
  readonly verbose?: boolean
}

const HELP = `
Everything goes into one folder of yours, nothing into a project. It can be stopped at any time and run again: what is
finished is kept, and nothing is used before a training step on it has succeeded.

Examples:
  tune setup tfjs-node --dry-run
  tune setup tfjs-node
  tune setup tfjs-node --tensorflow venv/lib/python3.12/site-packages/tensorflow`

export function addSetupCommand(program: Command, terminal: Terminal): void {
  program
    .command('setup')
    .summary('make a native backend usable on this machine')
    .description('Makes a native backend usable on this machine and proves it with a training step.')
    .argument('<what>', setupNames.join(', '))
    .option('--dir <folder>', 'where it goes (default: $TUNE_NATIVE_DIR, or your cache folder)')
    .option('--tensorflow <folder>', "an installed TensorFlow's package folder, or an unpacked libtensorflow")
    .option('--python <program>', 'the Python whose pip fetches TensorFlow')
    .option('--force', 'make everything anew')
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--json', 'print one JSON value and nothing else')
    .option('--verbose', 'show what programs print, and where an error comes from')
    .addHelpText('after', HELP)
    .action(async (what: string, options: SetupCommandOptions) => {
      const { dir, dryRun, json = false, verbose = false, ...chosen } = options
      const setup = selectSetup(what)
      const folder = dir === undefined ? nativeFolder(terminal.env) : resolve(dir)
      if (dryRun) {
        const plan = await planSetup(setup, folder, chosen)
        if (json) terminal.printJson(setupPlanJson(plan))
        else terminal.print(setupPlanLines(plan))
        return
      }
      const view = new SetupView(terminal, { json, verbose })
      try {
        const result = await interruptible(
          (signal) => runSetup(setup, folder, chosen, view, signal),
          () => view.stopping(),
        )
        view.close()
        if (json) terminal.printJson(result)
        else terminal.print(setupResultLines(result, folder !== nativeFolder(terminal.env)))
      } finally {
        view.close()
      }
    })
}
