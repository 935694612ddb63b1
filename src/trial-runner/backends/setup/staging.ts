import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isAlive, thisProcess } from './process-identity.ts'
import type { Proof } from './setup.ts'

/** The {@link Proof} of what is ready. */
export const PROOF = 'proof.json'
const STAMP = 'made-from.json'
const STEPS = 'steps.json'

/**
 * The folders of a setup under the user's native folder:
 * - `<name>`: what is ready, proven as a whole;
 * - `.setup/<name>`: results of finished steps, until all are there;
 * - `.setup/partial-...`: what a running step writes, gone with it.
 *
 * Everything comes into its place by a rename, so a process killed at any moment leaves whole results only.
 */
export class Staging {
  /** A native folder in itself, in which the new backend can be tried before it takes its place. */
  readonly root: string
  readonly ready: string
  readonly #staged: string

  constructor(nativeFolder: string, name: string) {
    this.root = join(nativeFolder, '.setup')
    this.ready = join(nativeFolder, name)
    this.#staged = join(this.root, name)
  }

  /** Begins, or goes on with, a setup of these steps; results of other ones are removed. */
  async begin(steps: readonly string[]): Promise<void> {
    const path = join(this.#staged, STEPS)
    const names = JSON.stringify(steps)
    if ((await readText(path)) === names) return
    await this.clear()
    await mkdir(this.#staged, { recursive: true })
    await writeFile(path, names)
  }

  /** Where the result of a step lies until all are there. */
  result(step: string): string {
    return join(this.#staged, step)
  }

  /** Whether the step's result is there, made from this. */
  async isDone(step: string, stamp: string): Promise<boolean> {
    return (await readText(join(this.result(step), STAMP))) === stamp
  }

  /** Whether what is ready is made from this. */
  async isReady(stamp: string): Promise<boolean> {
    return (await readText(join(this.ready, STAMP))) === stamp
  }

  /** Runs work in a new folder and makes what it leaves there the step's result. */
  async finish(step: string, stamp: string, work: (target: string, scratch: string) => Promise<void>): Promise<void> {
    const folder = await this.#partial()
    const target = join(folder, 'target')
    const scratch = join(folder, 'scratch')
    try {
      await mkdir(target)
      await mkdir(scratch)
      await work(target, scratch)
      await writeFile(join(target, STAMP), stamp)
      await mkdir(dirname(this.result(step)), { recursive: true })
      await remove(this.result(step))
      await rename(target, this.result(step))
    } finally {
      await remove(folder)
    }
  }

  /** Whether all results are there and were proven to work, but not published. */
  async isProven(stamp: string): Promise<boolean> {
    return (await readText(join(this.#staged, STAMP))) === stamp
  }

  /** Notes that the staged results work, and how well; from here on the temporary ones are not needed. */
  async markProven(stamp: string, proof: Proof): Promise<void> {
    await writeFile(join(this.#staged, PROOF), JSON.stringify(proof))
    const written = `${join(this.#staged, STAMP)}.new`
    await writeFile(written, stamp)
    await rename(written, join(this.#staged, STAMP))
  }

  /** Puts the staged results, but the temporary ones, where backends look for them. */
  async publish(temporary: readonly string[]): Promise<void> {
    for (const step of temporary) await remove(this.result(step))
    const old = await this.#partial()
    try {
      await rename(this.ready, join(old, 'old')).catch(ignoreMissing)
      await rename(this.#staged, this.ready)
    } finally {
      await remove(old)
    }
  }

  /** Removes results that are not to be used again. */
  async clear(): Promise<void> {
    await remove(this.#staged)
  }

  /** Removes what killed processes left. */
  async sweep(): Promise<void> {
    for (const entry of await readdir(this.root).catch(() => [])) {
      const [, owner] = /^partial-(.+)-[0-9a-f]{8}$/.exec(entry) ?? []
      if (owner !== undefined && !isAlive(owner)) await remove(join(this.root, entry))
    }
  }

  async #partial(): Promise<string> {
    const folder = join(this.root, `partial-${thisProcess()}-${randomUUID().slice(0, 8)}`)
    await mkdir(folder, { recursive: true })
    return folder
  }
}

function remove(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 3 })
}

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined)
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
