import { describe, expect, test } from 'vitest'
import { backendNames } from '../../../src/trial-runner/backends/names.ts'
import { backends, selectBackend } from '../../../src/trial-runner/backends/registry.ts'

test('the names for who does not load backends are those of the registry', () => {
  expect(backendNames).toEqual(backends.map(({ name }) => name))
  expect(new Set(backendNames).size).toBe(backendNames.length)
})

describe.each(backendNames)('the backend %s', (name) => {
  test('is selected where it can be used, and otherwise an error says why and what would mend it', async () => {
    const backend = backends.find((candidate) => candidate.name === name)
    const verdict = await backend?.probe()
    if (verdict === true) return expect(await selectBackend(name)).toBe(backend)
    await expect(selectBackend(name)).rejects.toMatchObject({
      code: 'engine/backend-unavailable',
      message: expect.stringContaining(`"${name}" cannot be used here: ${verdict?.reason}`),
      hint: expect.stringMatching(/./),
    })
  })
})

test('auto is what models are built on, wherever this runs', async () => {
  expect((await selectBackend('auto')).name).toBe('wasm')
})

test('a name that nobody knows is refused with those that there are', async () => {
  await expect(selectBackend('cuda')).rejects.toMatchObject({
    code: 'engine/backend-unavailable',
    message: expect.stringContaining('wasm, cpu'),
  })
})
