import type { Json } from '../core/json.ts'
import type { RunRecord, StudyRecord, StudySource, StudySummary } from '../core/study.ts'
import type { TrialRecord } from '../core/trial.ts'
import { describeSpace } from '../search-space/describe.ts'
import { keptEngines } from '../study/opening/kept-engines.ts'
import { bestTrial } from '../study/ranking.ts'
import { shellWord } from './arguments.ts'
import { attemptLines } from './attempt-lines.ts'
import { bestLines } from './best-lines.ts'
import { countsInWords, plural } from './counts.ts'
import { enginesInWords, figuresInWords } from './engine-words.ts'
import { tunerInWords } from './headline.ts'
import { trainingMs } from './json-forms.ts'
import { clockTime } from './numbers.ts'
import { unrankedLines } from './ranking-table.ts'
import { spaceOf } from './searched.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'
import { utilizationInWords } from './utilization.ts'

/** A study for a person: what it is, how far it has come, what failed, what is best. */
export function showLines(
  { study, status }: StudySummary,
  trials: readonly TrialRecord[],
  runs: readonly RunRecord[],
  style: Style,
): string[] {
  const best = bestTrial(trials, study.objective.direction)
  const facts = table(
    [{ title: '' }, { title: '' }],
    [
      ['source', sourceInWords(study.source)],
      ['tuner', withOptions(tunerInWords(study.tuner), study.tuner.options)],
      ['objective', `${study.objective.direction} ${study.objective.metric}`],
      ['seed', `${study.seed}`],
      ...Object.entries(study.settings)
        .filter(([name]) => name !== 'engines')
        .map(([name, value]) => [name, inWords(value)]),
      ...engineFacts(study),
      ['trials', `${trials.length}${trials.length > 0 ? `: ${countsInWords(trials, status === 'running')}` : ''}`],
      ...durations(trials),
      ...utilization(runs),
      ['trained by', enginesOf(trials)],
      ['started', new Date(study.createdAt).toLocaleString('sv')],
      ['environment', inWords(study.environment)],
    ],
  ).slice(1)
  const [titles = '', ...parameters] = table(
    ['parameter', 'values', 'scale', 'only if'].map((title) => ({ title })),
    describeSpace(spaceOf(study.space)).map(({ name, range, scale, condition }) => [name, range, scale, condition]),
  )
  const failures = unrankedLines(trials)
  const attempts = attemptLines(trials)
  return [
    `${style('bold', study.name)}  ${style(status === 'complete' ? 'green' : 'yellow', status)}`,
    '',
    ...facts.map(indent),
    '',
    style('bold', 'Space'),
    '',
    style('dim', indent(titles)),
    ...parameters.map(indent),
    ...(best === undefined ? [] : ['', style('bold', 'Best'), '', ...bestLines(study, best)]),
    ...(failures.length === 0 ? [] : ['', style('bold', 'Without a rank'), '', ...failures.map(indent)]),
    ...(attempts.length === 0 ? [] : ['', style('bold', 'Tried again'), '', ...attempts.map(indent)]),
    ...moreAbout(study.name, trials),
  ]
}

function indent(line: string): string {
  return `  ${line}`
}

function sourceInWords(source: StudySource): string {
  if (source.kind === 'inline') return 'a program'
  if (source.kind === 'sweep') return `sweep of ${source.dataPath}, target ${inWords(source.options.target ?? null)}`
  return source.path + (source.dataPath === undefined ? '' : `, data ${source.dataPath}`)
}

/** `kFold (k 4, shuffle true)`: a thing with a name and options, or anything else in JSON. */
function inWords(value: Json): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value)
  const { name, ...options } = value as { readonly [key: string]: Json }
  return typeof name === 'string' ? withOptions(name, options) : optionsInWords(options)
}

function engineFacts(study: StudyRecord): string[][] {
  const engines = keptEngines(study)
  if (engines === undefined) return []
  const figures = figuresInWords(engines)
  return [['engines', enginesInWords(engines)], ...(figures === undefined ? [] : [['measured', figures]])]
}

function withOptions(name: string, options: { readonly [key: string]: Json }): string {
  return Object.keys(options).length === 0 ? name : `${name} (${optionsInWords(options)})`
}

function optionsInWords(options: { readonly [key: string]: Json }): string {
  return Object.entries(options)
    .map(([name, value]) => `${name} ${inWords(value)}`)
    .join(', ')
}

function durations(trials: readonly TrialRecord[]): string[][] {
  const total = trials.reduce((sum, trial) => sum + trainingMs(trial), 0)
  if (trials.length === 0) return []
  return [['training', `${clockTime(total)} of all workers together, ${clockTime(total / trials.length)} a trial`]]
}

function utilization(runs: readonly RunRecord[]): string[][] {
  const words = utilizationInWords(runs)
  return words === undefined ? [] : [['workers', words]]
}

/** How to see one trial in full, where one has failed. */
function moreAbout(study: string, trials: readonly TrialRecord[]): string[] {
  const failed = trials.find(({ status }) => status === 'failed')
  return failed === undefined ? [] : ['', `  In full: tune show ${shellWord(study)} --trial ${failed.number} --verbose`]
}

/** `tfjs on wasm (12 trials)`. */
function enginesOf(trials: readonly TrialRecord[]): string {
  const counts = new Map<string, number>()
  for (const { folds } of trials) {
    const ran = folds.find(({ engine }) => engine !== undefined)
    if (ran === undefined) continue
    const name = ran.backend === undefined ? `${ran.engine}` : `${ran.engine} on ${ran.backend}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => `${name} (${plural(count, 'trial')})`).join(', ')
}
