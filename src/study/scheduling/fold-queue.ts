/** One fold of one trial that is to be trained. */
export interface FoldTask {
  readonly trial: number
  readonly fold: number
  /** Nothing else may run beside it. */
  readonly alone: boolean
}

/** Folds that wait for a worker. */
export class FoldQueue {
  readonly #tasks: FoldTask[] = []

  add(...tasks: readonly FoldTask[]): void {
    this.#tasks.push(...tasks)
  }

  /** Whether a fold waits for the machine to be free. */
  get hasAlone(): boolean {
    return this.#tasks.some(({ alone }) => alone)
  }

  /** Takes the first fold that must run alone. */
  takeAlone(): FoldTask | undefined {
    return this.#take(this.#tasks.find(({ alone }) => alone))
  }

  /** Takes, of those that may start, the fold with the most work, so that no long one is left for the end; of equals the first. */
  takeLongest(workOf: (task: FoldTask) => number, mayStart: (task: FoldTask) => boolean): FoldTask | undefined {
    let longest: FoldTask | undefined
    let most = Number.NEGATIVE_INFINITY
    for (const task of this.#tasks.filter(mayStart)) {
      const work = workOf(task)
      if (work > most) [longest, most] = [task, work]
    }
    return this.#take(longest)
  }

  /** Takes out all folds of a trial. */
  drop(trial: number): FoldTask[] {
    const dropped = this.#tasks.filter((task) => task.trial === trial)
    for (const task of dropped) this.#take(task)
    return dropped
  }

  #take(task: FoldTask | undefined): FoldTask | undefined {
    if (task !== undefined) this.#tasks.splice(this.#tasks.indexOf(task), 1)
    return task
  }
}
