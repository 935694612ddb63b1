import type { Command } from 'commander'
import { doctorLines, readMachine } from '../doctor-lines.ts'
import type { Terminal } from '../terminal.ts'

const HELP = `
Each engine and backend trains a few steps of two small networks in a process of its own: 784-128-128-4, and two
convolutions of 8 and 16 filters, both on batches of 32. A study measures its own model; this says what there is to
measure on.

Examples:
  tune doctor
  tune doctor --json | jq '.engines[] | select(.usable)'`

export function addDoctorCommand(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .summary('what can train on this machine, and how fast')
    .description('Shows what can train on this machine, how fast, and what to run for more.')
    .option('--json', 'print one JSON value and nothing else')
    .option('--verbose', 'show where an error comes from')
    .addHelpText('after', HELP)
    .action(async ({ json }: { readonly json?: boolean }) => {
      const { diagnose } = await import('../../trial-runner/diagnosis/diagnose.ts')
      const machine = readMachine()
      const { err } = terminal
      const isWatched = err.isTTY && !json
      const engines = await diagnose(({ engine, backend }) => {
        if (isWatched) err.write(`\r\u001b[2K${engine} ${backend}`)
      })
      if (isWatched) err.write('\r\u001b[2K')
      if (json) terminal.printJson({ machine, engines })
      else terminal.print(doctorLines(machine, engines, terminal.style))
    })
}
