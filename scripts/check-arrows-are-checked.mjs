// Plants imports that the arrow check must refuse, and fails if it does not: a check that cannot fail proves nothing.
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'

const planted = 'src/core/planted-by-the-arrow-check.ts'
const wrong = [
  ['an import against the arrows', "export { Space } from '../search-space/space.ts'"],
  ['a type-only import against the arrows', "export type { Storage } from '../storage/storage.ts'"],
  ['tfjs away from home', "export * as tf from '@tensorflow/tfjs-core'"],
  ['SQLite away from home', "export { default } from 'better-sqlite3'"],
  ['a circle', "export * as itself from './planted-by-the-arrow-check.ts'"],
]

let missed = 0
for (const [what, code] of wrong) {
  writeFileSync(planted, `${code}\n`)
  const { status } = spawnSync('npx', ['--no-install', 'depcruise', '--config', '.dependency-cruiser.cjs', 'src'])
  rmSync(planted)
  if (status === 0) {
    console.error(`not noticed: ${what}`)
    missed++
  }
}
console.log(`${wrong.length - missed} of ${wrong.length} planted imports were refused`)
process.exit(missed === 0 ? 0 : 1)
