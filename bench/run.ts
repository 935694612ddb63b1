import { readdirSync, readFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os'
import type { Bench, BenchResult, Row } from './row.ts'

// npm run bench -- <name> [--json] [--quick] [--only <case>] [--data <folder>]
const here = new URL('.', import.meta.url)
const args = process.argv.slice(2)
const valued = ['--data', '--only']
const name = args.find((arg, i) => !arg.startsWith('--') && !valued.includes(args[i - 1] ?? '')) ?? ''
const data = argument('--data')
if (data !== undefined) process.env.TUNE_BENCH_DATA = data

const names = readdirSync(here)
  .filter((file) => file.endsWith('.ts') && !['run.ts', 'row.ts'].includes(file))
  .map((file) => file.slice(0, -3))

if (!names.includes(name)) {
  console.error(`There is no bench "${name}". Choose one of: ${names.join(', ')}.`)
  process.exitCode = 2
} else {
  const { run } = (await import(new URL(`${name}.ts`, here).href)) as { run: Bench }
  const only = argument('--only')
  const result = await run({ quick: args.includes('--quick'), ...(only === undefined ? {} : { only }) })
  const machine = describeMachine()
  const versions = { 'tfjs-tuner': packageVersion(), node: process.versions.node, ...result.versions }
  if (args.includes('--json')) {
    const { rows, notes = [], remarks = [] } = result
    console.log(JSON.stringify({ bench: name, machine, versions, rows, notes, remarks }))
  } else {
    console.log(`${name} · ${machine.cpu} · ${machine.cores} cores · ${machine.memoryGiB} GiB · ${machine.platform}`)
    console.log(
      Object.entries(versions)
        .map(([what, version]) => `${what} ${version}`)
        .join(' · '),
    )
    console.log(table(result))
  }
}

function argument(option: string): string | undefined {
  const at = args.indexOf(option)
  return at < 0 ? undefined : args[at + 1]
}

function describeMachine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${platform()}-${arch()}`,
  }
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', here), 'utf8')) as { version: string }
  return version
}

function table({ rows, notes = [], remarks = [] }: BenchResult): string {
  const head = ['case', 'what', 'value', 'unit', 'workers', 'threads', 'against', 'ratio']
  const cells = (row: Row) => [
    row.case,
    row.what,
    `${row.extrapolated ? '~' : ''}${Number(row.value.toPrecision(5))}`,
    row.unit,
    row.workers?.toString() ?? '',
    row.threads?.toString() ?? '',
    row.reference ?? '',
    row.ratio?.toPrecision(3) ?? '',
  ]
  const lines = [head, ...rows.map(cells)]
  const used = head.map((_, i) => i).filter((i) => rows.some((row) => cells(row)[i] !== ''))
  const widths = head.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)))
  const show = (line: readonly string[]) =>
    used
      .map((i) => (line[i] ?? '').padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd()
  const said = [...remarks, ...notes.map((note) => `Left out: ${note}`)].map((text) => `\n${text}`)
  return ['', ...lines.map(show), ...said].join('\n')
}
