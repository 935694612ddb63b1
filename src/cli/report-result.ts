import { nothingComplete } from '../study/choose-trial.ts'
import type { StudyResult } from '../study/run-study.ts'
import { typedCommand } from './arguments.ts'
import { toTrialJson } from './json-forms.ts'
import type { CommonOptions } from './options.ts'
import { rankingTable } from './ranking-table.ts'
import { sweepTable } from './sweep-table.ts'
import type { Terminal } from './terminal.ts'
import { utilizationInWords } from './utilization.ts'

/** How many trials the table at the end of a run shows. */
const SHOWN = 10

/** What a run came to: for a program the best trial, for a person the ranking, for a sweep also the rates, and where it is kept. */
export function reportResult(result: StudyResult, options: CommonOptions, terminal: Terminal): void {
  const { record, trials, best } = result
  const { name } = record
  if (options.json) {
    if (best === undefined) throw nothingComplete(name)
    terminal.printJson(toTrialJson(name, best))
    return
  }
  const { style, print } = terminal
  const sweep = record.source.kind === 'sweep' ? ['', ...sweepTable(record, trials)] : []
  const [heading, ...rest] = rankingTable(record, trials, SHOWN)
  print([
    '',
    style('bold', `Ranking of ${name}`),
    '',
    style('dim', heading ?? ''),
    ...rest,
    ...sweep,
    ...limitLines(result),
    ...utilizationLines(result),
  ])
  const more = ['trials', 'show', 'best'].map((verb) => `  ${typedCommand(verb, name, options.db)}`)
  print(['', `Kept in ${options.db}. To see more:`, ...more])
}

function utilizationLines({ run }: StudyResult): string[] {
  const words = utilizationInWords([run])
  return words === undefined ? [] : ['', `Workers ${words}.`]
}

/** Why there are fewer trials than were asked for. */
function limitLines({ record, trials, exhausted }: StudyResult): string[] {
  const asked = record.tuner.options.trials
  if (!exhausted || typeof asked !== 'number' || trials.length >= asked) return []
  return ['', `Of ${asked} trials only ${trials.length} were needed: every configuration of the space has been tried.`]
}
