// Trains fixed networks on the simd engine and prints a digest of their weights, strict and fma. With other Node binaries as
// arguments it runs itself on each of them too, and fails unless all digests are the same: weights must not depend on
// the version of Node.
//   npm run build && node scripts/digest.mjs [node ...]
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createJiti } from 'jiti'

async function own() {
  const jiti = createJiti(import.meta.url)
  const { digest } = await jiti.import('../test/trial-runner/engines/simd/fixed-networks.ts')
  const strict = await digest('strict')
  const fma = await digest('fma').catch((error) => error.code)
  return { node: process.version, strict, fma }
}

const others = process.argv.slice(2)
if (others[0] === '--one') {
  console.log(JSON.stringify(await own()))
} else {
  const script = fileURLToPath(import.meta.url)
  const found = [process.execPath, ...others].map((node) =>
    JSON.parse(execFileSync(node, [script, '--one'], { encoding: 'utf8' }).trim().split('\n').at(-1)),
  )
  for (const { node, strict, fma } of found) console.log(`${node.padEnd(12)} strict ${strict}  fma ${fma}`)
  const different = new Set(found.map(({ strict, fma }) => `${strict} ${fma}`))
  if (different.size > 1) process.exitCode = 1
}
