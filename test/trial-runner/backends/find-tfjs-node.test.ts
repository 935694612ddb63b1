import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findTfjsNode } from '../../../src/trial-runner/backends/find-tfjs-node.ts'
import { selectBackend } from '../../../src/trial-runner/backends/registry.ts'
import { workFolder } from '../../cli/tune.ts'

let folder = ''
const before = process.cwd()

beforeEach(() => {
  folder = workFolder()
  vi.stubEnv('TUNE_NATIVE_DIR', join(folder, 'native'))
  process.chdir(folder)
})
afterEach(() => {
  process.chdir(before)
  vi.unstubAllEnvs()
})

function put(path: string, text = ''): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

const installed = 'node_modules/@tensorflow/tfjs-node'
const made = 'native/tfjs-node/package/node_modules/@tensorflow/tfjs-node'

test('one that is nowhere is told so, with the command that mends it', async () => {
  const remedy = 'Run: tune setup tfjs-node'
  expect(findTfjsNode('tfjs-node')).toEqual({ reason: '@tensorflow/tfjs-node is not set up', remedy })
  await expect(selectBackend('tfjs-node')).rejects.toMatchObject({
    code: 'engine/backend-unavailable',
    message: 'The backend "tfjs-node" cannot be used here: @tensorflow/tfjs-node is not set up.',
    hint: remedy,
  })
})

test('one in node_modules counts if it has its addon', () => {
  put(`${installed}/package.json`, '{"name":"@tensorflow/tfjs-node","version":"4.1.0"}')
  expect(findTfjsNode('tfjs-node')).toMatchObject({ reason: expect.stringContaining('has no addon') })
  put(`${installed}/lib/napi-v8/tfjs_binding.node`)
  expect(findTfjsNode('tfjs-node')).toMatchObject({ version: '4.1.0', isShared: false })
})

test('what tune setup made goes before', () => {
  put(`${installed}/package.json`, '{"name":"@tensorflow/tfjs-node","version":"4.1.0"}')
  put(`${installed}/lib/napi-v8/tfjs_binding.node`)
  put(`${made}/package.json`, '{"version":"4.22.0"}')
  put('native/tfjs-node/addon/tfjs_binding.node')
  expect(findTfjsNode('tfjs-node')).toEqual({ folder: join(folder, made), version: '4.22.0', isShared: true })
  put('native/tfjs-node/proof.json', '{"version":"4.22.0, TensorFlow 2.21.0"}')
  expect(findTfjsNode('tfjs-node')).toMatchObject({ version: '4.22.0, TensorFlow 2.21.0' })
})
