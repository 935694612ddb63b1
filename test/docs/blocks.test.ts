import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'test/docs', `blocks-${process.pid}`)
const pages = ['README.md', 'docs/own-tuner.md', 'docs/faults.md']

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('every TypeScript block of the documentation compiles against the built package', async () => {
  mkdirSync(folder)
  let blocks = 0
  for (const page of pages) {
    const text = readFileSync(join(root, page), 'utf8')
    for (const [, code = ''] of text.matchAll(/```ts\n([\s\S]*?)```/g)) {
      writeFileSync(join(folder, `block-${blocks++}.ts`), `${code}\nexport {}\n`)
    }
  }
  expect(blocks).toBeGreaterThanOrEqual(4)
  const config = { extends: '../../../tsconfig.json', include: ['*.ts'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', folder]).catch(
    (error: { stdout: string }) => error,
  )
  expect(stdout).toBe('')
})
