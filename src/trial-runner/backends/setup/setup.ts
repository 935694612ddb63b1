import type { Json } from '../../../core/json.ts'

/** What the person who runs a setup chose. */
export interface SetupOptions {
  /** An installed TensorFlow: Python's `site-packages/tensorflow`, or an unpacked libtensorflow. */
  readonly tensorflow?: string
  /** The Python whose pip fetches wheels. Default: `python3`, then `python`. */
  readonly python?: string
}

/** A program that a setup needs. */
export interface Tool {
  /** As a sentence names it: `a C++ compiler`. */
  readonly name: string
  /** Command lines that print a version; the first that succeeds wins. */
  readonly candidates: readonly [readonly [string, ...string[]], ...(readonly [string, ...string[]])[]]
  /** A sentence: what to do where none is there. */
  readonly remedy: string
}

/** What a step works with. */
export interface StepWork {
  /** An empty folder; what the step leaves in it becomes the step's result, whole or not at all. */
  readonly target: string
  /** An empty folder that goes away with the step; TMPDIR of the programs it runs. */
  readonly scratch: string
  readonly signal: AbortSignal
  /** The result of an earlier step, by its name. */
  result(step: string): string
  /** The program found for one of the step's tools. */
  tool(tool: Tool): string
  /** Runs a program to its end and returns what it printed; throws `setup/step-failed` with its last lines. */
  run(program: string, args: readonly string[], options?: { readonly cwd?: string }): Promise<string>
}

/** One part of a setup. Its result is a folder, renamed into place when it is finished. */
export interface SetupStep {
  /** Name of the folder with its result. */
  readonly name: string
  /** What a person reads while it runs: `TensorFlow's libraries`. */
  readonly title: string
  /** What it will do, as a command line where it is one. */
  readonly command: string
  readonly tools: readonly Tool[]
  /** Bytes of disk that it fills while it works, and those that its result keeps. */
  readonly bytes: { readonly working: number; readonly kept: number }
  /** Its result is of use to later steps only and goes away in the end. */
  readonly isTemporary?: boolean
  /** Everything that the result depends on, besides earlier steps; a result made from something else is made anew. */
  readonly madeFrom: Json
  run(work: StepWork): Promise<void>
}

/** A training step on the new backend, in a process of its own. */
export interface Proof {
  /** Of what computes: `4.22.0, TensorFlow 2.21.0`. */
  readonly version: string
  /** From the start of the process to the end of the first training step. */
  readonly startMs: number
  /** A later training step: median. */
  readonly stepMs: number
}

/** Makes one native backend usable on this machine. */
export interface Setup {
  /** The backend, as `--backend` names it; its folder in the native folder has the same name. */
  readonly name: string
  readonly summary: string
  /** Throws `setup/unsupported` where this platform cannot have it, `command/bad-argument` for an option that is no use. */
  steps(options: SetupOptions): Promise<readonly SetupStep[]>
  /** Trains on what lies in `<root>/<name>`. Throws what the backend says when it does not work. */
  prove(root: string, signal: AbortSignal): Promise<Proof>
}
