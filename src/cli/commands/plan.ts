import type { Command } from 'commander'
import type { StudyPlan } from '../../study/plan.ts'
import { addCommonOptions, addStartOptions, type StartOptions } from '../options.ts'
import { definedOnly } from '../run-options.ts'
import { table } from '../table.ts'
import type { Terminal } from '../terminal.ts'

const HELP = `
Reads the study and its data and says what it will cost; runs and keeps nothing.

Examples:
  tune plan study.ts
  tune plan study.ts --tuner hyperband --epochs 100`

export function addPlanCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('plan')
    .summary('show what a study will cost before it starts')
    .description('Shows what a study will cost before it starts: trials, epochs, and the brackets of Hyperband.')
    .argument('<study>', 'the file that defines the study')
    .option('--data <file>', "handed to the study's data() as path (default: $TUNE_DATA)")
  addCommonOptions(addStartOptions(command))
    .addHelpText('after', HELP)
    .action(async (study: string, options: StartOptions & { data?: string }) => {
      const { planStudy } = await import('../../study/plan.ts')
      const { moduleSource } = await import('../../study/definition/source.ts')
      const plan = await planStudy(moduleSource(study, options.data ?? process.env.TUNE_DATA), definedOnly(options))
      if (options.json) terminal.printJson(plan)
      else terminal.print(planLines(plan))
    })
}

/** The plan for a person. */
export function planLines(plan: StudyPlan): string[] {
  const { study, tuner, brackets, trials, folds, epochs, totalEpochs } = plan
  const lines = [
    `study ${study}: ${tuner}, ${trials ?? 'any number of'} trials, ${folds} ${folds === 1 ? 'fold' : 'folds'}`,
  ]
  if (brackets === undefined) lines.push(`each trained for up to ${epochs} epochs`)
  else lines.push('', ...bracketLines(brackets), '')
  const total = totalEpochs === undefined ? 'not known beforehand' : totalEpochs.toLocaleString('en')
  lines.push(`epochs in total, over all folds, at most: ${total}`)
  return lines
}

function bracketLines(brackets: NonNullable<StudyPlan['brackets']>): string[] {
  const rows = brackets.map((bracket, i) => [
    String(i + 1),
    bracket.map((rung) => `${rung.trials} x ${rung.epochs}`).join('  >  '),
  ])
  return table([{ title: 'bracket', align: 'right' }, { title: 'trials x epochs, rung by rung' }], rows)
}
