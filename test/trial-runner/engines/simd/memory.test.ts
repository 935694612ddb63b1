import { memory } from '@tensorflow/tfjs-core'
import { layers, sequential } from '@tensorflow/tfjs-layers'
import { describe, expect, test } from 'vitest'
import { TunerError } from '../../../../src/core/errors.ts'
import { type Dataset, sharedFloats } from '../../../../src/data/dataset.ts'
import { SimdEngine } from '../../../../src/trial-runner/engines/simd/engine.ts'
import { Arena, Block } from '../../../../src/trial-runner/engines/simd/plan/arena.ts'
import { type Round, trainMany } from './many-structures.ts'
import { compiled } from './models.ts'

test('many trials of many structures take no more memory than a few', async () => {
  const rounds: Round[] = []
  const tensors: number[] = []
  await trainMany(400, 20, 100, (round) => {
    rounds.push(round)
    tensors.push(memory().numTensors)
  })
  expect(new Set(tensors).size).toBe(1)
  // Without a forced collection the heap breathes; a leak of one small network a trial would be 60 MB in 300.
  const [first, last] = [rounds[0], rounds.at(-1)] as [Round, Round]
  expect(last.resident - first.resident).toBeLessThan(60)
})

describe('time and size', () => {
  const network = (units: number, inputs: number) =>
    compiled(
      sequential({
        layers: [
          layers.dense({ units, activation: 'relu', inputShape: [inputs] }),
          layers.dense({ units, activation: 'relu' }),
          layers.dense({ units: 10, activation: 'softmax' }),
        ],
      }),
      'sparseCategoricalCrossentropy',
      'adam',
    )

  function dataOf(rows: number, inputs: number): Dataset {
    const block = (width: number) => ({ kind: 'dense', data: sharedFloats(rows * width), shape: [width] }) as const
    const classes = Array.from({ length: 10 }, (_, i) => String(i))
    return { rows, inputs: [block(inputs)], targets: [block(1)], task: { kind: 'classification', classes } }
  }

  /** Makes a plan, loads the weights and gives them back, without a step of training. */
  async function planAndLoad(engine: SimdEngine, units: number, inputs: number, rows: number): Promise<number> {
    const model = network(units, inputs)
    const all = Int32Array.from({ length: rows }, (_, i) => i)
    const data = { dataset: dataOf(rows, inputs), train: all, validation: new Int32Array() }
    const job = { model, epochs: { from: 0, to: 0 }, shuffle: false, stream: 'x', keepCheckpoint: false }
    const start = performance.now()
    await engine.train({ ...job, batchSize: rows }, data, { onEpoch: () => 'continue' })
    return performance.now() - start
  }

  test('a structure is planned and loaded in less than 20 ms', async () => {
    const engine = new SimdEngine()
    const times: number[] = []
    // The best of some: other processes share the machine.
    for (let i = 0; i < 12; i++) times.push(await planAndLoad(engine, 256, 128, 64))
    expect(Math.min(...times)).toBeLessThan(20)
  })

  test('what is too large for the arena is named with sizes and a remedy, and the engine goes on', async () => {
    const engine = new SimdEngine()
    const error = await planAndLoad(engine, 4096, 1, 2 ** 18).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(TunerError)
    const { code, message, hint } = error as TunerError
    expect(code).toBe('engine/too-large')
    expect(message).toMatch(/^Training needs \d{4,} MB of memory in one piece, \d{4,} MB of it for .+; at most 4096 MB/)
    expect(hint).toMatch(/batch smaller/)
    expect(await planAndLoad(engine, 8, 4, 16)).toBeGreaterThan(0)
  })
})

describe('a guarded arena', () => {
  test('tells which block something wrote behind', () => {
    const arena = new Arena(true)
    const blocks = [7, 16, 100].map((floats, i) => new Block(`block ${i}`, floats).keep())
    arena.place(blocks)
    for (const block of blocks) arena.floats.fill(1, block.at / 4, block.at / 4 + block.floats)
    expect(arena.damaged()).toEqual([])
    const middle = blocks[1] as Block
    arena.floats[middle.at / 4 + middle.floats] = 1
    expect(arena.damaged().map(({ name }) => name)).toEqual(['block 1'])
  })

  test('shows what is read from outside as what is no number', () => {
    const arena = new Arena(true)
    const block = new Block('block', 16).keep()
    arena.place([block])
    expect(arena.floats[block.at / 4 + 16]).toBeNaN()
  })
})
