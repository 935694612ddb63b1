/** Where a job runs: in a thread of the pool, or in a process that a thread of the pool owns, so that a crash costs one job. */
export type Isolation = 'thread' | 'process'

/** Why a backend cannot be used here. */
export interface Unusable {
  /** The end of a sentence, without a full stop: `TensorFlow's libraries are not installed`. */
  readonly reason: string
  /** A sentence that says what would mend it, with the command: `Run: tune setup tfjs-node`. */
  readonly remedy?: string
}

/** One of the processes of a pool: the `index`-th, from 0, of `count`. */
export interface WorkerSlot {
  readonly index: number
  readonly count: number
}

/** A place where tfjs computes. */
export interface Backend {
  /** As `--backend` takes it: `wasm`, `cpu`, ... */
  readonly name: string
  /** `process` for native code that may crash, or that cannot be stopped from outside. */
  readonly isolation: Isolation
  /** True, or why it cannot be used on this machine. Cheap: loads nothing heavy. */
  probe(): Promise<true | Unusable>
  /** Of the library that computes, where it is installed. */
  version?(): Promise<string | undefined>
  /** Makes it tfjs's backend in this thread; throws `engine/backend-unavailable` with the reason. */
  load(): Promise<void>
  /** Memory in bytes of each device that all workers share, NaN where it is not known; absent where processors compute. */
  devices?(): Promise<readonly number[]>
  /**
   * Variables that its native code reads, of this process or of one of several that share the machine; what the user set
   * goes before. To be set before anything is loaded, and not by a thread: native code does not see a thread's own.
   */
  environment?(worker?: WorkerSlot): Readonly<Record<string, string>>
}
