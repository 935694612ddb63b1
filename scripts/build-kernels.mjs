// Compiles assembly/ to dist/trial-runner/engines/simd/kernels-{strict,fma}.wasm, and writes the signatures of the kernels
// to src/trial-runner/engines/simd/kernels/signatures.ts, where they are kept under version control. With --names the modules
// keep the names of functions, so that a profile (node --cpu-prof) says which kernel it was.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import asc from 'assemblyscript/asc'

const target = 'dist/trial-runner/engines/simd'
const signatures = 'src/trial-runner/engines/simd/kernels/signatures.ts'

const common = ['--optimizeLevel', '3', '--shrinkLevel', '0', '--noAssert', '--runtime', 'stub', '--use', 'abort=']
if (process.argv.includes('--names')) common.push('--debug')
const memory = [
  '--importMemory',
  '--noExportMemory',
  '--initialMemory',
  '1',
  '--enable',
  'simd',
  '--disable',
  'threads',
]
const variants = { strict: [], fma: ['--enable', 'relaxed-simd'] }

mkdirSync(target, { recursive: true })
for (const [name, features] of Object.entries(variants)) {
  const out = `${target}/kernels-${name}.wasm`
  const { error, stderr } = await asc.main(['assembly/index.ts', '--outFile', out, ...common, ...memory, ...features])
  if (error) {
    console.error(stderr.toString())
    process.exit(1)
  }
}

/** `export function name(a: usize, b: f32): void` with the comment above it, as a method of an interface. */
function methods(source) {
  const pattern = /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export function (\w+)\(([^)]*)\): (\w+) \{/g
  return [...source.matchAll(pattern)]
    .filter(([, , , , result]) => result !== 'v128')
    .map(([, comment = '', name, parameters, result]) => {
      const typed = parameters
        .split(',')
        .map((parameter) => parameter.trim())
        .filter((parameter) => parameter !== '')
        .map((parameter) => `${parameter.split(':')[0]}: number`)
      const indented = comment.replace(/^/gm, '  ').trimEnd()
      const head = indented === '' ? '' : `${indented}\n`
      return `${head}  ${name}(${typed.join(', ')}): ${result === 'void' ? 'void' : 'number'}`
    })
}

const files = readdirSync('assembly')
  .filter((file) => file.endsWith('.ts') && !['arithmetic.ts', 'math.ts', 'index.ts'].includes(file))
  .sort()
const groups = files.map((file) => {
  const found = methods(readFileSync(`assembly/${file}`, 'utf8'))
  return `  // assembly/${file}\n${found.join('\n')}`
})
const text = `// Written by scripts/build-kernels.mjs from assembly/. Offsets are in bytes, counts in floats.

export interface Kernels {
${groups.join('\n\n')}
}
`
if (!safeRead(signatures).includes(text)) {
  mkdirSync(signatures.replace(/\/[^/]*$/, ''), { recursive: true })
  writeFileSync(signatures, text)
}

function safeRead(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
