import { configDefaults, defineConfig } from 'vitest/config'

const hasNative = (process.env.TUNE_NATIVE_DIR ?? '') !== ''
if (!hasNative) {
  console.info('test/native is left out: it needs TUNE_NATIVE_DIR=<folder>, and in it what tune setup tfjs-node makes.')
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(hasNative ? [] : ['test/native/**'])],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    typecheck: { enabled: true, include: ['test/types/**/*.test-d.ts'], tsconfig: './tsconfig.json' },
  },
})
