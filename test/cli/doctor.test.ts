import { describe, expect, test, vi } from 'vitest'
import { doctorLines } from '../../src/cli/doctor-lines.ts'
import { plain } from '../../src/cli/style.ts'
import { backendNames } from '../../src/trial-runner/backends/names.ts'
import type { EngineDiagnosis } from '../../src/trial-runner/diagnosis/diagnose.ts'
import { tune, workFolder } from './tune.ts'

vi.setConfig({ testTimeout: 120_000 })

const machine = {
  tfjsTuner: '1.2.3',
  node: '20.19.0',
  platform: 'linux-x64',
  processors: 4,
  processor: 'Some CPU',
  memory: { total: 16 * 2 ** 30, available: 12.5 * 2 ** 30 },
}
const took = (ms: number) => ({ status: 'measured', ms, batchSize: 32 }) as const
const diagnoses: EngineDiagnosis[] = [
  { engine: 'simd', backend: 'fma', version: '1.2.3', usable: true, steps: { mlp: took(0.4361), cnn: took(2) } },
  {
    engine: 'tfjs',
    backend: 'wasm',
    version: '4.22.0',
    usable: true,
    steps: { mlp: took(12), cnn: { status: 'failed', reason: 'x' } },
  },
  {
    engine: 'tfjs',
    backend: 'gpu',
    usable: false,
    reason: 'there is no driver',
    remedy: 'Run: tune setup gpu',
    steps: {},
  },
]

test('the table of engines, what the machine is, and what to run for more', () => {
  expect(doctorLines(machine, diagnoses, plain)).toEqual([
    '  tfjs-tuner  1.2.3',
    '  Node        20.19.0 on linux-x64',
    '  processors  4 x Some CPU',
    '  memory      16.0 GiB, 12.5 GiB of it available',
    '  arithmetic  fma: relaxed SIMD is there, and fuses',
    '',
    'Milliseconds a training step',
    '',
    '  engine  on    version    MLP     CNN',
    '  simd    fma   1.2.3    0.436       2',
    '  tfjs    wasm  4.22.0      12  failed',
    '  tfjs    gpu                           not usable: there is no driver',
    '',
    'For more',
    '',
    '  gpu  Run: tune setup gpu',
  ])
  expect(doctorLines(machine, diagnoses.slice(1, 2), plain)).toContain(
    '  arithmetic  strict: no fused multiply-add in WebAssembly',
  )
})

describe('tune doctor', () => {
  test('measures what can be used, and says of the rest why not', async () => {
    const { code, out, err } = await tune(workFolder(), 'doctor', '--json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const told = JSON.parse(out) as { machine: object; engines: EngineDiagnosis[] }
    expect(told.machine).toMatchObject({ node: process.versions.node, processors: expect.any(Number) })
    expect(told.engines.map(({ backend }) => backend)).toEqual(['fma', 'strict', ...backendNames])
    for (const { usable, reason, steps } of told.engines) {
      if (usable) expect(steps).toMatchObject({ mlp: { status: 'measured' }, cnn: { status: 'measured' } })
      else expect(reason).toMatch(/./)
    }
    for (const name of ['strict', 'wasm', 'cpu']) {
      expect(told.engines.find(({ backend }) => backend === name)).toMatchObject({
        usable: true,
        version: expect.stringMatching(/^\d+\.\d+/),
      })
    }
  })
})
