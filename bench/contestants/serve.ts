import { createInterface } from 'node:readline'
import type { Answer, Request } from './contestant.ts'

/** The other end of {@link Contestant}: answers each request on a line of standard input, and ends with it. */
export async function serve(answers: {
  measure(): Promise<Answer>
  /** Trains a whole trial. */
  trial?(): Promise<void>
}): Promise<void> {
  const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`)
  say({})
  for await (const line of createInterface({ input: process.stdin })) {
    if ((line as Request) === 'measure') say(await answers.measure())
    else {
      const start = performance.now()
      await answers.trial?.()
      say({ trialSeconds: (performance.now() - start) / 1e3 })
    }
  }
}
