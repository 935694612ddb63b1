import { inWords } from '../trial-runner/backends/setup/disk.ts'
import type { SetupProgress } from '../trial-runner/backends/setup/run-setup.ts'
import type { SetupStep } from '../trial-runner/backends/setup/setup.ts'
import type { Terminal } from './terminal.ts'

const FRAME_MS = 500

/** Shows on standard error which step of a setup is under way, and for how long; nothing where `json`. */
export class SetupView implements SetupProgress {
  readonly #terminal: Terminal
  readonly #isQuiet: boolean
  readonly #isVerbose: boolean
  #line = ''
  #started = 0
  #timer: NodeJS.Timeout | undefined

  constructor(terminal: Terminal, { json, verbose }: { readonly json: boolean; readonly verbose: boolean }) {
    this.#terminal = terminal
    this.#isQuiet = json
    this.#isVerbose = verbose
  }

  onStep({ title, bytes }: SetupStep, index: number, count: number, isDone: boolean): void {
    this.#begin(`${index + 1}/${count + 1} ${title} (${inWords(bytes.kept)})`)
    if (isDone) this.#end('there already')
  }

  onProof(): void {
    this.#begin('a training step in a process of its own')
  }

  onOutput(text: string): void {
    if (this.#isVerbose) this.#terminal.err.write(text)
  }

  stopping(): void {
    if (!this.#isQuiet) this.#terminal.err.write('\nstopping; what is finished is kept\n')
  }

  /** Ends the line under way. */
  close(): void {
    this.#end(this.#elapsed())
  }

  #begin(line: string): void {
    this.close()
    this.#line = line
    this.#started = performance.now()
    if (this.#isQuiet) return
    if (!this.#isLive()) {
      this.#terminal.err.write(`${line} ...\n`)
      return
    }
    const draw = () => this.#terminal.err.write(`\r\u001b[2K${line}  ${this.#elapsed()}`)
    draw()
    this.#timer = setInterval(draw, FRAME_MS)
  }

  #end(how: string): void {
    clearInterval(this.#timer)
    if (this.#line !== '' && !this.#isQuiet) {
      this.#terminal.err.write(this.#isLive() ? `\r\u001b[2K${this.#line}  ${how}\n` : `  ${how}\n`)
    }
    this.#line = ''
  }

  #isLive(): boolean {
    return this.#terminal.err.isTTY && !this.#isVerbose
  }

  #elapsed(): string {
    return `${((performance.now() - this.#started) / 1000).toFixed(0)} s`
  }
}
