#!/usr/bin/env node
import { exitCodeOf } from './exit-codes.ts'
import { runProgram } from './program.ts'
import { describeError } from './report-error.ts'
import { processTerminal } from './terminal.ts'

const args = process.argv.slice(2)
const json = args.includes('--json')
const terminal = processTerminal(json)

try {
  await runProgram(args, terminal)
} catch (error) {
  process.exitCode = exitCodeOf(error)
  process.stderr.write(describeError(error, { json, verbose: args.includes('--verbose'), style: terminal.errStyle }))
}
