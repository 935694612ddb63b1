import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

export interface Ended {
  /** The exit code; undefined after a signal. */
  readonly code: number | undefined
  readonly out: string
  readonly err: string
}

/** An empty folder to work in, gone when the test ends. */
export function workFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tune-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The built command, under way in a folder. */
export interface Running {
  readonly process: ChildProcess
  /** Resolves once standard output matches. */
  printed(text: RegExp): Promise<void>
  readonly ended: Promise<Ended>
}

export function start(folder: string, ...args: string[]): Running {
  const { TUNE_DATA: _, ...env } = process.env
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code: code ?? undefined, out, err }))
  })
  return {
    process: child,
    ended,
    async printed(text) {
      const over = ended.then(() => Promise.reject(new Error(`It ended without printing ${text}: ${out}${err}`)))
      const seen = new Promise<void>((resolve) => {
        child.stdout.on('data', () => text.test(out) && resolve())
      })
      if (!text.test(out)) await Promise.race([seen, over])
    },
  }
}

/** Runs the built command to its end. */
export function tune(folder: string, ...args: string[]): Promise<Ended> {
  return start(folder, ...args).ended
}

/** 60 rows of a, b, c and a target y that is nearly linear in them, and a class. */
export function writeTable(folder: string): string {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const [a, b, c] = [Math.sin(i * 1.7), Math.cos(i * 2.9), Math.sin(i * 0.31)]
    const y = 3 * a - 2 * b + a * c
    return [a, b, c, y].map((value) => value.toFixed(4)).concat(y > 0 ? 'high' : 'low')
  })
  const path = join(folder, 'table.csv')
  writeFileSync(path, `${[['a', 'b', 'c', 'y', 'level'], ...rows].map((row) => row.join(',')).join('\n')}\n`)
  return path
}

/** What a study of {@link writeStudy} may say differently, each in TypeScript. */
export interface StudyText {
  readonly space?: string
  readonly model?: string
  readonly outputs?: number
  readonly validation?: string
}

/** A small network for the table of {@link writeTable}. */
export function writeStudy(folder: string, text: StudyText = {}, file = 'study.ts'): string {
  const { model = '', outputs = 1, validation = 'kFold(2)' } = text
  const { space = '{ units: int(2, 16), learningRate: float(1e-3, 1e-1, { scale: "log" }) }' } = text
  const path = join(folder, file)
  writeFileSync(
    path,
    `import { csv, defineStudy, float, int, kFold, randomSearch, standardize } from 'tfjs-tuner'

interface Width { units: number }

export default defineStudy({
  name: 'tiny',
  space: ${space},
  data: ({ path }) => csv(path, { target: 'y', drop: ['level'] }),
  preprocess: standardize(),
  async model({ tf, params, inputShape }) {
    ${model}
    const { units }: Width = params
    const model = tf.sequential()
    model.add(tf.layers.dense({ units, activation: 'relu', inputShape }))
    model.add(tf.layers.dense({ units: ${outputs} }))
    model.compile({ optimizer: tf.train.adam(params.learningRate), loss: 'meanSquaredError', metrics: ['mae'] })
    return model
  },
  validation: ${validation},
  training: { epochs: 4 },
  tuner: randomSearch({ trials: 3 }),
})
`,
  )
  return path
}

/** What SQLite says about a database: `ok` if it is whole. */
export function integrity(path: string): unknown {
  const db = new Database(path, { readonly: true })
  try {
    return db.pragma('integrity_check', { simple: true })
  } finally {
    db.close()
  }
}
