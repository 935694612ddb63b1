import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { RandomStream } from '../../src/core/random.ts'
import type { TrialRecord } from '../../src/core/trial.ts'
import { sqliteStorage } from '../../src/storage/sqlite/storage.ts'
import type { ConductTask, Said } from './conduct.ts'

export interface CampaignTask {
  readonly seed: number
  readonly trials: number
  readonly isolation: 'thread' | 'process'
  /** After so many finished trials the whole program is killed, and the study resumed. */
  readonly killsAfter: readonly number[]
  /** How often a worker process is killed from outside, at random moments. */
  readonly workerKills: number
}

export interface CampaignResult {
  readonly trials: readonly TrialRecord[]
  /** The same study without faults. */
  readonly undisturbed: readonly TrialRecord[]
  /** Trials that were finished when the program was killed, and begun again all the same. */
  readonly doubled: readonly number[]
  /** Trials that were finished when the program was killed, and were not afterwards. */
  readonly forgotten: readonly number[]
  readonly processesLeft: number
  readonly workersKilled: number
}

/** After its last word a program must end by itself within this time, and its workers with it. */
const END_MS = 10_000

/** Runs the study of this folder with faults and without. Throws where the program itself does not do what it should. */
export async function campaign(task: CampaignTask): Promise<CampaignResult> {
  const folder = mkdtempSync(join(tmpdir(), 'tune-faults-'))
  try {
    const { seed, trials, isolation } = task
    const alone = { database: join(folder, 'undisturbed.db'), trials, isolation: 'thread' } as const
    await new Program(alone, { FAULTS_FOLDER: folder }).end()
    const disturbed = { database: join(folder, 'faults.db'), trials, isolation }
    const env = { FAULTS_FOLDER: folder, FAULTS_SEED: `${seed}`, FAULTS_ISOLATION: isolation }
    const killer = new Killer(folder, new RandomStream(seed), task)
    const doubled: number[] = []
    const forgotten: number[] = []
    let finished: readonly number[] = []
    for (const killAt of [...task.killsAfter, undefined]) {
      const program = new Program(disturbed, env)
      killer.follow(program)
      if (killAt === undefined) await program.end()
      else await program.killAfter(killAt - finished.length)
      killer.rest()
      doubled.push(...program.started.filter((trial) => finished.includes(trial)))
      const ended = (await read(disturbed.database)).filter(({ status }) => status !== 'running')
      const now = ended.map(({ number }) => number)
      forgotten.push(...finished.filter((trial) => !now.includes(trial)))
      finished = now
    }
    return {
      trials: await read(disturbed.database),
      undisturbed: await read(alone.database),
      doubled,
      forgotten,
      processesLeft: await processesLeft(folder),
      workersKilled: killer.killed,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One process that runs the study. */
class Program {
  readonly child: ChildProcess
  /** Trials whose folds it began. */
  readonly started: number[] = []
  finished = 0
  #heard: () => void = () => {}
  #said = ''
  #isDone = false

  constructor(task: ConductTask, env: Readonly<Record<string, string>>) {
    const script = fileURLToPath(new URL('conduct.ts', import.meta.url))
    this.child = spawn(process.execPath, ['--import', 'jiti/register', script, JSON.stringify(task)], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
    })
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.#said = `${this.#said}${chunk}`.slice(-4000)
    })
    if (this.child.stdout !== null) createInterface(this.child.stdout).on('line', (line) => this.#hear(line))
  }

  /** Resolves when the program has ended by itself. */
  async end(): Promise<void> {
    const exit = once(this.child, 'exit')
    await Promise.race([exit, this.#until(() => this.#isDone)])
    const outcome = await Promise.race([exit, delay(END_MS, undefined, { ref: false })])
    if (outcome?.[0] === 0 && this.#isDone) return
    this.child.kill('SIGKILL')
    throw new Error(`The program ${outcome === undefined ? 'did not end' : `ended with ${outcome}`}: ${this.#said}`)
  }

  async killAfter(trials: number): Promise<void> {
    const exit = once(this.child, 'exit')
    await Promise.race([exit, this.#until(() => this.finished >= trials)])
    if (this.child.exitCode !== null) throw new Error(`The program ended before it was killed: ${this.#said}`)
    this.child.kill('SIGKILL')
    await exit
  }

  #hear(line: string): void {
    const said = JSON.parse(line) as Said
    if (said.type === 'fold-started') this.started.push(said.trial)
    if (said.type === 'trial-finished') this.finished++
    if (said.type === 'done') this.#isDone = true
    this.#heard()
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        this.#heard = resolve
      })
    }
  }
}

/** Kills workers of a program at random moments, never the program. */
class Killer {
  killed = 0
  readonly #folder: string
  readonly #random: RandomStream
  readonly #task: CampaignTask
  #timer: NodeJS.Timeout | undefined

  constructor(folder: string, random: RandomStream, task: CampaignTask) {
    this.#folder = folder
    this.#random = random.split('killer')
    this.#task = task
  }

  follow({ child }: Program): void {
    this.rest()
    if (this.#task.isolation === 'thread') return
    this.#timer = setInterval(() => {
      const workers = livingProcesses(this.#folder).filter((pid) => pid !== child.pid)
      const victim = workers[this.#random.integer(Math.max(1, workers.length))]
      if (victim === undefined || this.killed >= this.#task.workerKills || this.#random.next() < 0.5) return
      process.kill(victim, 'SIGKILL')
      this.killed++
    }, 400)
  }

  rest(): void {
    clearInterval(this.#timer)
  }
}

/** Every process that has had the study's module and lives. */
function livingProcesses(folder: string): number[] {
  const noted = readdirSync(folder).flatMap((name) => /^process-(\d+)$/.exec(name)?.[1] ?? [])
  return noted.map(Number).filter((pid) => {
    try {
      process.kill(pid, 0)
      return true
    } catch {
      return false
    }
  })
}

async function processesLeft(folder: string): Promise<number> {
  const deadline = Date.now() + END_MS
  while (livingProcesses(folder).length > 0 && Date.now() < deadline) await delay(50)
  return livingProcesses(folder).length
}

async function read(database: string): Promise<TrialRecord[]> {
  const storage = sqliteStorage(database, { mustExist: true })
  try {
    return await storage.readTrials('faults')
  } finally {
    await storage.close()
  }
}
