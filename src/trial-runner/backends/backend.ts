/** A place where tfjs computes. */
export interface Backend {
  /** As `--backend` takes it: `wasm`, `cpu`, ... */
  readonly name: string
  /** True, or why it cannot be used on this machine. Cheap: loads nothing heavy. */
  probe(): Promise<true | string>
  /** Makes it tfjs's backend in this thread; throws `engine/backend-unavailable` with the reason. */
  load(): Promise<void>
}
