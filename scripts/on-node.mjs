// Runs a command of this built project under another major version of Node, in a folder of its own: the Node comes from npm
// with its headers, and better-sqlite3, which is compiled for one version, is compiled for it.
//   npm run build && node scripts/on-node.mjs 24 node dist/cli/main.js run examples/quickstart/study.ts --trials 2
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const [major, program, ...args] = process.argv.slice(2)
if (!/^\d+$/.test(major ?? '') || program === undefined) {
  console.error('usage: node scripts/on-node.mjs <major version> <program> [arguments]')
  process.exit(2)
}
const COMPILED = 'better-sqlite3'
const project = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const folder = mkdtempSync(join(tmpdir(), `tfjs-tuner-node${major}-`))

try {
  const node = installNode()
  copyProject()
  linkModules()
  const path = [join(node, 'bin'), dirname(process.execPath), process.env.PATH].join(delimiter)
  const env = { ...process.env, PATH: path }
  execFileSync('npm', ['rebuild', COMPILED, '--build-from-source', `--nodedir=${node}`, '--silent'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  console.error(
    `on Node ${execFileSync('node', ['--version'], { env, encoding: 'utf8' }).trim()}: ${[program, ...args].join(' ')}`,
  )
  process.exitCode = spawnSync(program, args, { cwd: folder, env, stdio: 'inherit' }).status ?? 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function installNode() {
  const name = `node-${process.platform}-${process.arch}`
  const home = join(folder, '.node')
  mkdirSync(home)
  execFileSync(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', home, `${name}@${major}`],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  return join(home, 'node_modules', name)
}

function copyProject() {
  const leaveOut = ['node_modules', '.git', 'coverage']
  for (const entry of readdirSync(project)) {
    if (!leaveOut.includes(entry)) cpSync(join(project, entry), join(folder, entry), { recursive: true })
  }
}

/** Every package by a link, but the one that is compiled anew. */
function linkModules() {
  const from = realpathSync(join(project, 'node_modules'))
  const to = join(folder, 'node_modules')
  mkdirSync(to)
  for (const entry of readdirSync(from)) {
    if (entry !== COMPILED) symlinkSync(join(from, entry), join(to, entry))
  }
  const filter = (path) => !path.startsWith(join(from, COMPILED, 'build'))
  cpSync(join(from, COMPILED), join(to, COMPILED), { recursive: true, filter })
  if (!existsSync(join(to, COMPILED, 'binding.gyp'))) throw new Error(`${COMPILED} has no sources to compile.`)
}
