import { expect, test } from 'vitest'
import { gpuShare, memoryOf } from '../../../src/trial-runner/backends/nvidia.ts'

const shares = (count: number, env: NodeJS.ProcessEnv, installed: string[] = []) =>
  Array.from({ length: count }, (_, index) => gpuShare({ index, count }, env, installed))

test('workers take the installed GPUs in turn, and equal parts of the memory of each', () => {
  expect(shares(3, {}, ['0', '1'])).toEqual([
    { CUDA_VISIBLE_DEVICES: '0', TUNE_GPU_MEMORY_FRACTION: '0.450' },
    { CUDA_VISIBLE_DEVICES: '1', TUNE_GPU_MEMORY_FRACTION: '0.450' },
    { CUDA_VISIBLE_DEVICES: '0', TUNE_GPU_MEMORY_FRACTION: '0.450' },
  ])
})

test('only those that the user made visible, by number or by name, and no more memory than the user said', () => {
  const env = { CUDA_VISIBLE_DEVICES: 'GPU-1a, GPU-2b', TUNE_GPU_MEMORY_FRACTION: '0.2' }
  expect(shares(2, env, ['0', '1', '2', '3'])).toEqual([
    { CUDA_VISIBLE_DEVICES: 'GPU-1a', TUNE_GPU_MEMORY_FRACTION: '0.2' },
    { CUDA_VISIBLE_DEVICES: 'GPU-2b', TUNE_GPU_MEMORY_FRACTION: '0.2' },
  ])
  expect(shares(1, { CUDA_VISIBLE_DEVICES: '' }, ['0'])).toEqual([{ TUNE_GPU_MEMORY_FRACTION: '0.900' }])
})

test('where the driver does not list them, all workers share what there is', () => {
  expect(shares(2, {})).toEqual([{ TUNE_GPU_MEMORY_FRACTION: '0.450' }, { TUNE_GPU_MEMORY_FRACTION: '0.450' }])
})

test('the memory of each GPU, as nvidia-smi lists it in MiB', () => {
  expect(memoryOf('81559\n81559\n')).toEqual([81559 * 2 ** 20, 81559 * 2 ** 20])
  expect(memoryOf('[N/A]\n')).toEqual([Number.NaN])
  expect(memoryOf('')).toEqual([Number.NaN])
})
