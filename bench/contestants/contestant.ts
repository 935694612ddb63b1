import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Steady } from '../measure/steady.ts'

/** Part of a trial, by whoever cannot or need not train a whole one. */
export interface PartAnswer {
  /** To build a model and make it ready, for every fold. */
  readonly setupSeconds: number
  /** Of an epoch of `steps` steps, validated. */
  readonly epochSeconds: number
  readonly steps: number
  /** Without validation. */
  readonly stepMs: number
}

/** A trial from the first model to the last epoch. */
export interface TrialAnswer {
  readonly trialSeconds: number
}

/** What one round of a contestant gives. */
export type Answer = Steady | PartAnswer | TrialAnswer | { readonly gflops: number }

/** What a contestant may be asked for: `measure`, what it measures in every round, or a whole `trial`. */
export type Request = 'measure' | 'trial'

/**
 * A process of its own that measures one thing whenever it is asked to, so that contestants take turns and the machine's
 * moods hit all alike. It says one line of JSON when it is ready, `{ versions }`, and one for each line it is sent, a
 * {@link Request}.
 */
export class Contestant {
  readonly versions: Readonly<Record<string, string>>
  readonly #voice: Voice

  private constructor(voice: Voice, versions: Readonly<Record<string, string>>) {
    this.#voice = voice
    this.versions = versions
  }

  /** Rejects with what the process said last, where it does not get ready. */
  static async start(command: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Contestant> {
    const voice = new Voice(command, env)
    const { versions = {} } = await voice.hear<{ versions?: Record<string, string> }>()
    return new Contestant(voice, versions)
  }

  /** One round. */
  async measure<A extends Answer>(): Promise<A> {
    this.#voice.say('measure' satisfies Request)
    return this.#voice.hear<A>()
  }

  /** A whole trial, by those who train parts of one in a round. */
  async trial(): Promise<TrialAnswer> {
    this.#voice.say('trial' satisfies Request)
    return this.#voice.hear<TrialAnswer>()
  }

  stop(): void {
    this.#voice.end()
  }
}

class Voice {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #lines: AsyncIterator<string>
  #complaint = ''

  constructor([program = '', ...args]: readonly string[], env: Readonly<Record<string, string>>) {
    this.#child = spawn(program, args, { env: { ...process.env, ...env } })
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.#complaint = (this.#complaint + chunk).slice(-4000)
    })
    // Both show as the end of its output; without listeners they would end this process.
    this.#child.on('error', ({ message }) => {
      this.#complaint += message
    })
    this.#child.stdin.on('error', () => {})
  }

  say(text: string): void {
    this.#child.stdin.write(`${text}\n`)
  }

  /** The next line of JSON; libraries may print others in between. */
  async hear<T>(): Promise<T> {
    for (;;) {
      const { done, value } = await this.#lines.next()
      if (done === true) throw new Error(lastSentence(this.#complaint))
      if (value.startsWith('{')) return JSON.parse(value) as T
    }
  }

  end(): void {
    this.#child.kill()
  }
}

/** The line of a stack trace, or of a Python traceback, that says what went wrong. */
function lastSentence(complaint: string): string {
  const lines = complaint.split('\n').filter((line) => line.trim() !== '')
  return (lines.findLast((line) => /^\w*(Error|Exception)\b/.test(line)) ?? lines.at(-1) ?? 'it ended').slice(0, 300)
}
