import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SetupStep, Tool } from '../setup.ts'
import { contextOptions, contextOptionsMacro } from './context-options.ts'

/** Relative to a setup's folder. */
export const ADDON = join('addon', 'tfjs_binding.node')

const INSTALL_COMPILER = 'Install one (Debian and Ubuntu: apt install g++), or name one in CXX.'

function compiler(): Tool {
  const { CXX } = process.env
  return {
    name: 'a C++ compiler',
    candidates: [
      ...(CXX ? [[CXX, '--version'] as const] : []),
      ['c++', '--version'],
      ['g++', '--version'],
      ['clang++', '--version'],
    ] as unknown as Tool['candidates'],
    remedy: INSTALL_COMPILER,
  }
}

const FLAGS = ['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-w']

/** The step that compiles the package's Node-API addon against the libraries of the step `tensorflow`. */
export function compiledAddon(packageName: string): SetupStep {
  const cxx = compiler()
  return {
    name: 'addon',
    title: 'The Node-API addon',
    command: `c++ ${FLAGS.join(' ')} ${packageName}/binding/*.cc -ltensorflow_cc -ltensorflow_framework`,
    tools: [cxx],
    bytes: { working: 20e6, kept: 2e6 },
    madeFrom: { flags: FLAGS, contextOptions },
    async run({ target, scratch, result, tool, run }) {
      const modules = join(result('package'), 'node_modules')
      const binding = join(modules, packageName, 'binding')
      const sources = (await readdir(binding)).filter((name) => name.endsWith('.cc')).map((name) => join(binding, name))
      const tensorflow = result('tensorflow')
      const include = [
        '-I',
        join(tensorflow, 'include'),
        '-I',
        join(modules, packageName),
        '-I',
        join(modules, 'node-api-headers', 'include'),
      ]
      const libraries = (await readdir(tensorflow)).filter((name) => /^libtensorflow.*\.so\.2$/.test(name))
      const options = join(scratch, 'context_options.cc')
      await writeFile(options, contextOptions)
      const object = join(scratch, 'context_options.o')
      await run(tool(cxx), [...FLAGS.filter((flag) => flag !== '-shared'), ...include, '-c', options, '-o', object])
      await run(tool(cxx), [
        ...FLAGS,
        contextOptionsMacro,
        ...include,
        ...sources,
        object,
        ...libraries.map((name) => join(tensorflow, name)),
        '-Wl,-rpath,$ORIGIN/../tensorflow',
        '-o',
        join(target, 'tfjs_binding.node'),
      ])
    },
  }
}
