import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { TunerError } from '../../../../src/core/errors.ts'
import { planSetup } from '../../../../src/trial-runner/backends/setup/plan-setup.ts'
import { runSetup } from '../../../../src/trial-runner/backends/setup/run-setup.ts'
import type { Tool } from '../../../../src/trial-runner/backends/setup/setup.ts'
import { readStones, type StonesOptions, stones } from './fixtures/stones.ts'

const missing: Tool = { name: 'a thing', candidates: [['no-such-program-here']], remedy: 'Get one.' }

function emptyPlace(): string {
  const parent = mkdtempSync(join(tmpdir(), 'setup-'))
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  return join(parent, 'native')
}

/** Runs the setup and tells which steps were run and what was shown. */
async function lay(folder: string, options: StonesOptions = {}, choices = {}, signal = new AbortController().signal) {
  const ran: string[] = []
  const shown: string[] = []
  const setup = stones({
    ...options,
    onRun(step, work) {
      ran.push(step)
      return options.onRun?.(step, work)
    },
  })
  const progress = {
    onStep: (step: { name: string }, index: number, count: number, isDone: boolean) =>
      void shown.push(`${index + 1}/${count} ${step.name}${isDone ? ' done' : ''}`),
    onProof: () => void shown.push('proof'),
    onOutput: (text: string) => void shown.push(text.trim()),
  }
  const outcome = await runSetup(setup, folder, choices, progress, signal).catch((error: TunerError) => error)
  const error = outcome instanceof Error ? outcome : undefined
  return { ran, shown, error, code: (error as TunerError | undefined)?.code, outcome }
}

const failAt = (failing: string): StonesOptions => ({
  onRun(step) {
    if (step === failing) throw new TunerError('setup/step-failed', 'It slipped.')
  },
})

/** What lies under `.setup` besides finished results. */
const leftovers = (folder: string) =>
  existsSync(folder) ? readdirSync(join(folder, '.setup')).filter((name) => name !== 'stones') : []

describe('a setup', () => {
  test('does its steps in order, proves the whole and puts it in place; done again it only proves', async () => {
    const folder = emptyPlace()
    const first = await lay(folder)
    expect(first.ran).toEqual(['one', 'deep/two', 'three'])
    expect(first.shown).toEqual(['1/3 one', '2/3 deep/two', '3/3 three', 'proof'])
    expect(first.outcome).toMatchObject({
      name: 'stones',
      folder,
      done: first.ran,
      proof: { version: 'oneonedeep/twothree' },
    })
    expect(readdirSync(join(folder, 'stones')).sort()).toEqual([
      'deep',
      'made-from.json',
      'proof.json',
      'steps.json',
      'three',
    ])
    expect(readdirSync(join(folder, '.setup'))).toEqual([])
    const second = await lay(folder)
    expect([second.ran, second.shown]).toEqual([[], ['proof']])
    expect((await lay(folder, {}, { force: true })).ran).toEqual(first.ran)
  })

  test.each(['one', 'deep/two', 'three'])(
    'that fails at %s leaves what was there and goes on from there',
    async (step) => {
      const folder = emptyPlace()
      await lay(folder)
      const failed = await lay(folder, { second: 'new', ...failAt(step) }, { force: true })
      expect(failed.code).toBe('setup/step-failed')
      expect(readStones(join(folder, 'stones'))).toBe('oneonedeep/twothree')
      expect(leftovers(folder)).toEqual([])
      const steps = ['one', 'deep/two', 'three']
      expect((await lay(folder, { second: 'new' })).ran).toEqual(steps.slice(steps.indexOf(step)))
      expect(readStones(join(folder, 'stones'))).toBe('oneonedeep/twonewthree')
    },
  )

  test('makes anew what is made from something else, and what comes after it', async () => {
    const folder = emptyPlace()
    await lay(folder, failAt('three'))
    const { ran } = await lay(folder, { second: '!' })
    expect(ran).toEqual(['deep/two', 'three'])
    expect(readStones(join(folder, 'stones'))).toContain('deep/two!')
  })

  test('that does not prove itself is not put in place', async () => {
    const folder = emptyPlace()
    expect((await lay(folder, { isProven: false })).code).toBe('setup/not-proven')
    expect(existsSync(join(folder, 'stones'))).toBe(false)
    expect((await lay(folder)).ran).toEqual([])
    expect(readStones(join(folder, 'stones'))).toBeDefined()
  })

  test('writes nothing where a tool is missing or the disk too small', async () => {
    const folder = emptyPlace()
    const tool = await lay(folder, { tools: [missing] })
    expect(tool.error).toMatchObject({ code: 'setup/tool-missing', hint: 'Get one.' })
    expect(tool.error?.message).toContain('a thing')
    const disk = await lay(folder, { working: 1e18 })
    expect(disk.code).toBe('setup/disk-full')
    expect(disk.error?.message).toMatch(/needs 1000000000\.0 GB in .*; [\d.]+ [GM]B are free/)
    expect(existsSync(folder)).toBe(false)
  })

  test('is planned without writing anything', async () => {
    const folder = emptyPlace()
    const plan = await planSetup(stones({ tools: [missing], working: 1000 }), folder, {})
    expect(plan.steps.map(({ isDone }) => isDone)).toEqual([false, false, false])
    expect(plan.tools).toEqual([{ tool: missing }])
    // The third works while two results are kept; the first is not kept in the end.
    expect(plan.disk).toMatchObject({ peak: 1010, kept: 10 })
    expect(plan.disk.free).toBeGreaterThan(0)
    expect(existsSync(folder)).toBe(false)
    await lay(folder, failAt('three'))
    const later = await planSetup(stones({ tools: [missing] }), folder, {})
    expect(later.steps.map(({ isDone }) => isDone)).toEqual([true, true, false])
  })

  test('stops when it is told to, keeping finished steps', async () => {
    const folder = emptyPlace()
    const controller = new AbortController()
    const stopped = await lay(
      folder,
      {
        stepMs: 20,
        onRun(step) {
          if (step === 'deep/two') controller.abort()
        },
      },
      {},
      controller.signal,
    )
    expect(stopped.code).toBe('setup/interrupted')
    expect(leftovers(folder)).toEqual([])
    expect((await lay(folder)).ran).toEqual(['deep/two', 'three'])
  })

  test('is alone: another one at the same time is told so; the lock of a dead process counts for nothing', async () => {
    const folder = emptyPlace()
    mkdirSync(join(folder, '.setup'), { recursive: true })
    writeFileSync(join(folder, '.setup', 'lock-stones-elsewhere.gone~1~0'), '')
    const elsewhere = await lay(folder)
    expect(elsewhere.error).toMatchObject({ code: 'setup/busy', hint: expect.stringContaining('elsewhere.gone~1~0') })
    rmSync(join(folder, '.setup'), { recursive: true })
    const dead = await import('node:os').then(({ hostname }) => hostname().replace(/[^\w.]/g, '_'))
    mkdirSync(join(folder, '.setup', `partial-${dead}~1~99-00000000`), { recursive: true })
    writeFileSync(join(folder, '.setup', `lock-stones-${dead}~1~99`), '')
    expect((await lay(folder)).ran).toHaveLength(3)
    expect(readdirSync(join(folder, '.setup'))).toEqual([])
  })

  test('shows what programs print, and in the error only the last of it', async () => {
    const folder = emptyPlace()
    const noisy = "for (let i = 0; i < 40; i++) console.log('line', i); process.exitCode = Number(process.argv[1])"
    const run = (code: string): StonesOptions => ({
      onRun: (_, work) => work.run(process.execPath, ['-e', noisy, code]),
    })
    expect((await lay(folder, run('0'))).shown.join()).toContain('line 39')
    const { code, error } = await lay(emptyPlace(), run('3'))
    expect(code).toBe('setup/step-failed')
    expect(error?.message).toMatch(/it ended with code 3.*line 39$/s)
    expect(error?.message).not.toContain('line 9\n')
  })
})
