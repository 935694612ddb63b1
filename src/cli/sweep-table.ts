import { mean } from 'simple-statistics'
import type { StudyRecord } from '../core/study.ts'
import type { TrialRecord } from '../core/trial.ts'
import type { ChoiceSpec, Literal, NumberSpec, ParameterSpec } from '../search-space/spec.ts'
import { short, shortParam } from './numbers.ts'
import { searchedParameters, spaceOf } from './searched.ts'
import { table } from './table.ts'

/** Parts into which a range is cut. */
const BINS = 4

/**
 * The objective against what was swept: for exactly two lists of values a table of one against the other, otherwise a
 * table for each parameter, by its values or by parts of its range. The best is marked.
 */
export function sweepTable(record: StudyRecord, trials: readonly TrialRecord[]): string[] {
  const space = spaceOf(record.space)
  const searched = searchedParameters(record.space)
  const lists = searched.flatMap((name) => {
    const spec = space[name]
    return spec?.kind === 'choice' ? [{ name, spec }] : []
  })
  const [rows, columns, ...others] = lists
  const complete = trials.filter(({ status, value }) => status === 'complete' && value !== undefined)
  if (complete.length === 0) return []
  if (rows !== undefined && columns !== undefined && others.length === 0 && searched.length === 2) {
    return pivot(record, complete, rows, columns)
  }
  return searched.flatMap((name, i) => {
    const spec = space[name]
    return spec === undefined ? [] : [...(i > 0 ? [''] : []), ...byParameter(record, complete, name, spec)]
  })
}

interface List {
  readonly name: string
  readonly spec: ChoiceSpec
}

function pivot({ objective }: StudyRecord, trials: readonly TrialRecord[], rows: List, columns: List): string[] {
  const best = bestOf(objective.direction, trials.map(resultOf))
  const cell = (row: Literal, column: Literal) => {
    const found = trials.find(({ params }) => params[rows.name] === row && params[columns.name] === column)
    return found === undefined ? '' : marked(resultOf(found), best)
  }
  const titles = [rows.name, ...columns.spec.values.map((value) => shortParam(value))]
  return [
    `${objective.metric} by ${rows.name} (down) and ${columns.name} (across), * the best`,
    '',
    ...table(
      titles.map((title) => ({ title, align: 'right' as const })),
      rows.spec.values.map((row) => [shortParam(row), ...columns.spec.values.map((column) => cell(row, column))]),
    ),
  ]
}

interface Group {
  readonly label: string
  holds(value: unknown): boolean
}

function byParameter(
  { objective }: StudyRecord,
  trials: readonly TrialRecord[],
  name: string,
  spec: ParameterSpec,
): string[] {
  const best = bestOf(objective.direction, trials.map(resultOf))
  const rows = groupsOf(spec).flatMap(({ label, holds }) => {
    const values = trials.filter(({ params }) => holds(params[name])).map(resultOf)
    if (values.length === 0) return []
    return [[label, `${values.length}`, short(mean(values)), marked(bestOf(objective.direction, values), best)]]
  })
  const titles = [name, 'trials', 'mean', 'best']
  return [
    `${objective.metric} by ${name}, * the best`,
    '',
    ...table(
      titles.map((title) => ({ title, align: 'right' as const })),
      rows,
    ),
  ]
}

function groupsOf(spec: ParameterSpec): Group[] {
  if (spec.kind === 'float' || spec.kind === 'int') return ranges(spec)
  if (spec.kind !== 'choice') return []
  return spec.values.map((value) => ({ label: shortParam(value), holds: (given) => given === value }))
}

/** Equal parts of a range on its scale; the last one includes its end. */
function ranges({ kind, low, high, scale }: NumberSpec): Group[] {
  if (kind === 'int' && high - low < BINS) {
    const values = Array.from({ length: high - low + 1 }, (_, i) => low + i)
    return values.map((value) => ({ label: `${value}`, holds: (given) => given === value }))
  }
  const edge = (part: number) => (scale === 'log' ? low * (high / low) ** part : low + (high - low) * part)
  const edges = Array.from({ length: BINS + 1 }, (_, i) => (i === BINS ? high : edge(i / BINS)))
  return edges.slice(1).map((to, i) => {
    const from = edges[i] ?? low
    const isLast = i === BINS - 1
    return {
      label: `${shortParam(kind === 'int' ? Math.ceil(from) : from)} to ${shortParam(kind === 'int' ? Math.floor(to) : to)}`,
      holds: (given) => typeof given === 'number' && given >= from && (given < to || isLast),
    }
  })
}

function resultOf({ value = Number.NaN }: TrialRecord): number {
  return value
}

function bestOf(direction: StudyRecord['objective']['direction'], values: readonly number[]): number {
  return direction === 'minimize' ? Math.min(...values) : Math.max(...values)
}

function marked(value: number, best: number): string {
  return `${short(value)}${value === best ? ' *' : '  '}`
}
