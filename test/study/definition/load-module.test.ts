import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { loadModule } from '../../../src/study/definition/load-module.ts'

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'study-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

const body = "{ name: 'x', space: {}, objective: () => 1 }"

test.each([
  ['study.ts', `const name: string = 'x'\nexport default { ...${body}, name }\n`],
  ['study.js', `export default ${body}\n`],
  ['study.mjs', `export default ${body}\n`],
  ['study.cjs', `module.exports = ${body}\n`],
])('%s is a study', async (file, text) => {
  const folder = folderWith({ [file]: text })
  expect(await loadModule(join(folder, file))).toMatchObject({ name: 'x' })
})

test('a study may import packages of either kind', async () => {
  const text = "import seed, { alea } from './kind.cjs'\nimport stats from './stats.mjs'\n"
  const folder = folderWith({
    'kind.cjs': 'const seed = () => 1\nseed.alea = () => 2\nmodule.exports = seed\n',
    'stats.mjs': 'export default { mean: () => 3 }\n',
    'study.ts': `${text}export default { ...${body}, sum: seed() + seed.alea() + alea() + stats.mean() }\n`,
  })
  expect(await loadModule(join(folder, 'study.ts'))).toMatchObject({ sum: 8 })
})

test('a syntax error is told with file, line and column, be it in a module that the study imports', async () => {
  const folder = folderWith({
    'study.ts': "import model from './model.ts'\nexport default { model }\n",
    'model.ts': 'const a: number = 1\nexport default { b: [1, 2 }\n',
  })
  await expect(loadModule(join(folder, 'study.ts'))).rejects.toThrow(
    expect.objectContaining({
      code: 'study/syntax',
      message: `${join(folder, 'model.ts')}:2:26 does not parse: Unexpected token, expected ",".`,
    }),
  )
})

test('an error at load is told with its place', async () => {
  const folder = folderWith({ 'study.mjs': `\n\nthrow new Error('boom')\nexport default ${body}\n` })
  await expect(loadModule(join(folder, 'study.mjs'))).rejects.toThrow(
    expect.objectContaining({
      code: 'study/threw',
      message: expect.stringMatching(/study\.mjs:3:\d+ threw while it was loaded: boom$/),
    }),
  )
})

test.each([
  ['no module', {}, 'study/file-missing'],
  ['an export without default', { 'study.ts': 'export const study = 1\n' }, 'study/no-default-export'],
  ['an import that is not there', { 'study.ts': "import './nothing.ts'\nexport default {}\n" }, 'study/threw'],
  ['a default that is no study', { 'study.ts': 'export default 3\n' }, 'study/bad-definition'],
  ['a study without a name', { 'study.ts': 'export default { space: {} }\n' }, 'study/bad-definition'],
])('%s', async (_, files, code) => {
  await expect(loadModule(join(folderWith(files), 'study.ts'))).rejects.toThrow(expect.objectContaining({ code }))
})
