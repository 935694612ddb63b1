import { expect, test } from 'vitest'
import { memoryOf } from '../../../src/trial-runner/backends/nvidia.ts'

test('the memory of each GPU, as nvidia-smi lists it in MiB', () => {
  expect(memoryOf('81559\n81559\n')).toEqual([81559 * 2 ** 20, 81559 * 2 ** 20])
  expect(memoryOf('[N/A]\n')).toEqual([Number.NaN])
  expect(memoryOf('')).toEqual([Number.NaN])
})
