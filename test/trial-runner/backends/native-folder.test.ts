import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nativeFolder } from '../../../src/trial-runner/backends/native-folder.ts'

test('is the chosen one, otherwise where the platform keeps what can be made again', () => {
  expect(nativeFolder({ TUNE_NATIVE_DIR: '/chosen', XDG_CACHE_HOME: '/cache' }, 'linux')).toBe('/chosen')
  expect(nativeFolder({ TUNE_NATIVE_DIR: '', XDG_CACHE_HOME: '/cache' }, 'linux')).toBe(
    join('/cache', 'tfjs-tuner', 'native'),
  )
  expect(nativeFolder({}, 'linux')).toBe(join(homedir(), '.cache', 'tfjs-tuner', 'native'))
  expect(nativeFolder({ XDG_CACHE_HOME: '/cache' }, 'darwin')).toBe(
    join(homedir(), 'Library', 'Caches', 'tfjs-tuner', 'native'),
  )
  expect(nativeFolder({ LOCALAPPDATA: 'local' }, 'win32')).toBe(join('local', 'tfjs-tuner', 'native'))
})
