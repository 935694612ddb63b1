import { createInterface } from 'node:readline'
import type { Answer } from './contestant.ts'

/** The other end of {@link Contestant}: measures once for each line of standard input, and ends with it. */
export async function serve(measure: () => Promise<Answer>): Promise<void> {
  const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`)
  say({})
  for await (const _ of createInterface({ input: process.stdin })) say(await measure())
}
