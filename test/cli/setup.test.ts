import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tune, workFolder } from './tune.ts'

describe('tune setup', () => {
  test('of something unknown names what there is', async () => {
    const { code, err } = await tune(workFolder(), 'setup', 'tfjs-nod')
    expect(code).toBe(14)
    expect(err).toMatch(/setup\/unknown: There is no setup of "tfjs-nod".*Did you mean tfjs-node\?/s)
  })

  test.runIf(process.platform === 'linux')('--dry-run says what it would do and writes nothing', async () => {
    const folder = workFolder()
    const json = await tune(folder, 'setup', 'tfjs-node', '--dir', 'there', '--dry-run', '--json')
    const plan = JSON.parse(json.out)
    expect(plan).toMatchObject({ setup: 'tfjs-node', folder: join(folder, 'there'), isReady: false })
    expect(plan.steps.map(({ name }: { name: string }) => name)).toEqual(['package', 'tensorflow', 'addon'])
    expect(plan.disk.peak).toBeGreaterThan(plan.disk.kept)
    const text = await tune(folder, 'setup', 'tfjs-node-gpu', '--dir', 'there', '--dry-run')
    expect(text.out).toMatch(/CUDA: cudnn +1\.2 GB +pip download .*nvidia-cudnn-cu12==/)
    expect(existsSync(join(folder, 'there'))).toBe(false)
  })

  test.runIf(process.platform === 'linux')(
    'names a tool that is missing, and takes an installed TensorFlow in place of pip',
    async () => {
      const folder = workFolder()
      const noPip = await tune(folder, 'setup', 'tfjs-node', '--dir', 'there', '--python', 'no-such-python')
      expect(noPip.code).toBe(14)
      expect(noPip.err).toMatch(/setup\/tool-missing: .*pip for the Python no-such-python.*--tensorflow/s)
      const notThere = await tune(folder, 'setup', 'tfjs-node', '--tensorflow', 'nothing')
      expect(notThere.code).toBe(2)
      expect(notThere.err).toContain('There is no TensorFlow in')
      const library = join(folder, 'libtensorflow')
      mkdirSync(join(library, 'include', 'tensorflow', 'c'), { recursive: true })
      mkdirSync(join(library, 'lib'))
      writeFileSync(join(library, 'include', 'tensorflow', 'c', 'c_api.h'), '')
      for (const name of ['libtensorflow.so.2', 'libtensorflow_framework.so.2'])
        writeFileSync(join(library, 'lib', name), '')
      const linked = await tune(folder, 'setup', 'tfjs-node', '--tensorflow', library, '--dry-run', '--json')
      const { steps, tools } = JSON.parse(linked.out)
      expect(steps[1]).toMatchObject({ name: 'tensorflow', bytes: { kept: 0 } })
      expect(tools.map(({ name }: { name: string }) => name)).toEqual(['npm', 'a C++ compiler'])
      expect(existsSync(join(folder, 'there'))).toBe(false)
    },
  )
})
