import { readdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { TunerError } from '../../../../core/errors.ts'
import type { SetupStep, StepWork, Tool } from '../setup.ts'

/** Any version of Python fetches and unpacks it; this one only chooses among wheels with the same libraries. */
const WHEEL_PYTHON = '3.11'

const UNPACK = `import re, sys, zipfile
wheel, folder, wanted = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if re.match(wanted, name):
            archive.extract(name, folder)
`

/** Python with pip: the one named, or whichever is there. */
export function pythonWithPip(named: string | undefined): Tool {
  const version = ['-m', 'pip', '--version'] as const
  const isThere = 'Install it (Debian and Ubuntu: apt install python3-pip), name one that has pip with --python'
  return {
    name: named === undefined ? 'a Python with pip' : `pip for the Python ${named}`,
    candidates:
      named === undefined
        ? [
            ['python3', ...version],
            ['python', ...version],
          ]
        : [[named, ...version]],
    remedy: `${isThere}, or give an installed TensorFlow with --tensorflow <folder>.`,
  }
}

/** Files of one wheel. */
export interface WheelFiles {
  /** Of the step, and of the folder in the wheel that becomes its result: `nvidia/cublas`. */
  readonly folder: string
  readonly title: string
  /** As pip takes it, with its exact version. */
  readonly requirement: string
  /** Which files: a regular expression of Python's that matches from the start of a path in the wheel. */
  readonly wanted: string
  /** Of the wheel, and of the files. */
  readonly bytes: { readonly wheel: number; readonly files: number }
}

/** The step that fetches a wheel with pip and keeps some of its files. `after` may work on them where they are. */
export function wheelFiles(files: WheelFiles, python: Tool, tools: readonly Tool[] = [], after?: After): SetupStep {
  const { folder, title, requirement, wanted, bytes } = files
  const options = ['--no-deps', '--only-binary=:all:', '--python-version', WHEEL_PYTHON]
  return {
    name: folder,
    title,
    command: `pip download ${options.join(' ')} ${requirement}`,
    tools: [python, ...tools],
    bytes: { working: bytes.wheel + bytes.files, kept: bytes.files },
    madeFrom: { requirement, wanted },
    async run(work) {
      const { scratch, target, tool, run } = work
      const quiet = ['--no-cache-dir', '--disable-pip-version-check', '--progress-bar', 'off']
      const dest = ['--dest', join(scratch, 'wheel')]
      await run(tool(python), ['-m', 'pip', 'download', ...options, ...quiet, ...dest, requirement])
      const wheel = (await readdir(join(scratch, 'wheel'))).find((name) => name.endsWith('.whl'))
      if (wheel === undefined) throw missing(`pip fetched no wheel for ${requirement}.`)
      await run(tool(python), ['-c', UNPACK, join(scratch, 'wheel', wheel), scratch, wanted])
      const unpacked = join(scratch, ...folder.split('/'))
      if (!(await stat(unpacked).catch(() => undefined))) throw missing(`${wheel} has no files ${wanted}.`)
      for (const name of await readdir(unpacked)) await rename(join(unpacked, name), join(target, name))
      await after?.(work)
    },
  }
}

type After = (work: StepWork) => Promise<void>

function missing(message: string): TunerError {
  return new TunerError('setup/step-failed', message)
}
