import { readdir, realpath, stat, symlink } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { TunerError } from '../../../../core/errors.ts'
import type { SetupStep } from '../setup.ts'

/** The pairs of libraries that are a TensorFlow: of Python's package, and of an unpacked libtensorflow. */
const PAIRS = [
  ['.', 'libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  ['lib', 'libtensorflow.so.2', 'libtensorflow_framework.so.2'],
] as const

/** The steps that use a TensorFlow which lies in a folder, by links. Throws `command/bad-argument` where none lies there. */
export async function installedTensorflow(given: string): Promise<SetupStep[]> {
  const folder = await realpath(resolve(given)).catch(() => resolve(given))
  const libraries = await librariesOf(folder)
  const sources = [...libraries, join(folder, 'include')]
  const steps = [links('tensorflow', `TensorFlow's libraries, linked from ${folder}`, sources, await agesOf(libraries))]
  const nvidia = join(dirname(folder), 'nvidia')
  const cuda = await readdir(nvidia).catch(() => [])
  if (cuda.length > 0) {
    const found = cuda.map((name) => join(nvidia, name))
    steps.push(links('nvidia', `CUDA, linked from ${nvidia}`, found, await agesOf(found)))
  }
  return steps
}

async function librariesOf(folder: string): Promise<string[]> {
  for (const [place, ...names] of PAIRS) {
    const paths = names.map((name) => join(folder, place, name))
    const header = join(folder, 'include', 'tensorflow', 'c', 'c_api.h')
    const areThere = await Promise.all([...paths, header].map((path) => stat(path).catch(() => undefined)))
    if (areThere.every((found) => found !== undefined)) return paths
  }
  throw new TunerError('command/bad-argument', `There is no TensorFlow in ${folder}.`, {
    hint: "Give Python's site-packages/tensorflow, with libtensorflow_cc.so.2 and include, or an unpacked libtensorflow, with lib and include.",
  })
}

/** When they were last changed: a TensorFlow that was replaced is linked, and compiled against, anew. */
async function agesOf(paths: readonly string[]): Promise<number[]> {
  return Promise.all(paths.map(async (path) => (await stat(path)).mtimeMs))
}

function links(name: string, title: string, sources: readonly string[], ages: readonly number[]): SetupStep {
  return {
    name,
    title,
    command: `ln -s ${sources.join(' ')}`,
    tools: [],
    bytes: { working: 0, kept: 0 },
    madeFrom: { sources, ages },
    async run({ target }) {
      for (const source of sources) await symlink(source, join(target, basename(source)))
    },
  }
}
