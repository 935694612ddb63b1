import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SetupStep, Tool } from './setup.ts'

const npm: Tool = {
  name: 'npm',
  candidates: [['npm', '--version']],
  remedy: 'Install npm; it comes with Node.',
}

/** Packages of npm, installed without their scripts into a folder of their own. */
export interface NpmPackages {
  /** What a person reads: `The package @tensorflow/tfjs-node`. */
  readonly title: string
  /** Exact versions by name. */
  readonly packages: Readonly<Record<string, string>>
  /** Packages of our own, put in place of those of npm wherever they are asked for: the files of each, by path. */
  readonly replaced?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly bytes: number
}

/** The step `package`: its result has a node_modules. */
export function npmPackages({ title, packages, replaced = {}, bytes }: NpmPackages): SetupStep {
  const names = Object.entries(packages).map(([name, version]) => `${name}@${version}`)
  return {
    name: 'package',
    title,
    command: `npm install --ignore-scripts ${names.join(' ')}`,
    tools: [npm],
    bytes: { working: 2 * bytes, kept: bytes },
    madeFrom: { packages, replaced },
    async run({ target, tool, run }) {
      const overrides: Record<string, string> = {}
      for (const [name, files] of Object.entries(replaced)) {
        const folder = join('replaced', ...name.split('/'))
        overrides[name] = `file:./${folder.replaceAll('\\', '/')}`
        await write(join(target, folder), { 'package.json': JSON.stringify({ name, version: '0.0.0' }), ...files })
      }
      const dependencies = { ...packages, ...overrides }
      await write(target, { 'package.json': JSON.stringify({ private: true, dependencies, overrides }) })
      const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--legacy-peer-deps']
      await run(tool(npm), ['install', '--ignore-scripts', ...quiet], { cwd: target })
    },
  }
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
}
