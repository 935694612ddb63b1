import { type Optimizer, train } from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import type { Checkpoint } from '../../../src/core/checkpoint.ts'
import { schedules } from '../../../src/training/learning-rate.ts'
import type { Backend } from '../../../src/trial-runner/backends/backend.ts'
import { cpu } from '../../../src/trial-runner/backends/cpu.ts'
import { wasm } from '../../../src/trial-runner/backends/wasm.ts'
import type { Engine } from '../../../src/trial-runner/engines/engine.ts'
import { keras } from '../../../src/trial-runner/engines/keras/keras.ts'
import { SimdEngine } from '../../../src/trial-runner/engines/simd/engine.ts'
import { TfjsEngine } from '../../../src/trial-runner/engines/tfjs/engine.ts'
import { images } from '../../contracts/networks.ts'
import { type Job, trained } from '../../contracts/training.ts'

const engines: [string, Backend, () => Engine][] = [
  ['simd', wasm, () => new SimdEngine()],
  ['simd, strict', wasm, () => new SimdEngine({ arithmetic: 'strict' })],
  ['wasm', wasm, () => new TfjsEngine('wasm')],
  ['cpu', cpu, () => new TfjsEngine('cpu')],
]

const schedule = schedules.cosineDecay({ initialLearningRate: 0.02, decaySteps: 12 })

const optimizers: Readonly<Record<string, () => Optimizer>> = {
  sgd: () => train.sgd(0.05),
  momentum: () => train.momentum(0.02, 0.9),
  nesterov: () => train.momentum(0.02, 0.9, true),
  rmsprop: () => train.rmsprop(0.01),
  'centered rmsprop': () => keras.optimizers.rmsprop({ learningRate: schedule, centered: true, momentum: 0.5 }),
  adagrad: () => train.adagrad(0.05),
  adadelta: () => train.adadelta(0.5),
  adam: () => train.adam(0.01),
  adamax: () => train.adamax(0.01),
  nadam: () => keras.optimizers.nadam({ learningRate: schedule }),
  adamW: () => keras.optimizers.adamW({ learningRate: schedule, globalClipNorm: 0.5 }),
}

const EPOCHS = 3

describe.each(engines)('on %s a network with convolution, batch normalization and dropout', (_, backend, make) => {
  test.each(Object.entries(optimizers))(
    'continued with %s is trained at once, bit for bit',
    async (_name, optimizer) => {
      await backend.load()
      const run = (job: Job) =>
        trained(make(), images, {
          model: images.build({ dropout: 0.3, optimizer: optimizer() }),
          keepCheckpoint: true,
          ...job,
        })
      const whole = await run({ epochs: { from: 0, to: EPOCHS } })
      for (let cut = 1; cut < EPOCHS; cut++) {
        const first = await run({ epochs: { from: 0, to: cut } })
        const checkpoint = structuredClone(first.checkpoint) as Checkpoint
        const second = await run({ epochs: { from: cut, to: EPOCHS }, checkpoint })
        expect([...first.curve, ...second.curve]).toEqual(whole.curve)
        expect(second.weights).toEqual(whole.weights)
        expect(numbersOf(second.checkpoint)).toEqual(numbersOf(whole.checkpoint))
      }
    },
  )
})

const numbersOf = (checkpoint: Checkpoint | undefined): number[][] =>
  [...(checkpoint?.weights ?? []), ...(checkpoint?.optimizer ?? [])].map(({ values }) => Array.from(values))
