import * as core from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import type { FoldData } from '../../src/training/fold-data.ts'
import { cpu } from '../../src/trial-runner/backends/cpu.ts'
import type { Engine, TrainingHooks, TrainingJob, TrainingResult } from '../../src/trial-runner/engines/engine.ts'
import { TfjsEngine } from '../../src/trial-runner/engines/tfjs/engine.ts'
import { type EngineTraits, engineRules, type MakeEngine } from './engine.ts'

/** An engine of its own name for training on cpu, so that nothing tells it from one of ours. */
const inner = new TfjsEngine('cpu')

type Train = (job: TrainingJob, data: FoldData, hooks: TrainingHooks) => Promise<TrainingResult>

function double(train: Train, part: Partial<Engine> = {}): MakeEngine {
  return async () => {
    await cpu.load()
    return {
      name: 'tfjs',
      backend: 'cpu',
      supports: () => true,
      wrote: (checkpoint) => inner.wrote(checkpoint),
      train,
      ...part,
    }
  }
}

const train: Train = (job, data, hooks) => inner.train(job, data, hooks)

let trainings = 0

/** Each broken in one way; what a broken one fails. */
const doubles: { readonly [rule in keyof typeof engineRules]: MakeEngine } = {
  "trains to the numbers of tfjs's plain JavaScript": double(async (job, data, hooks) => {
    const result = await train(job, data, hooks)
    core.tidy(() => job.model.setWeights(job.model.getWeights().map((weight) => core.mul(weight, 1.001))))
    return result
  }),
  'reports metrics by the names of Keras, epochs from 1': double((job, data, hooks) =>
    train(job, data, {
      onEpoch: (epoch, { accuracy, ...rest }) => hooks.onEpoch(epoch, { ...rest, acc: accuracy ?? 0 }),
    }),
  ),
  'gives the same for the same job': double((job, data, hooks) =>
    train({ ...job, stream: `${job.stream} ${trainings++}` }, data, hooks),
  ),
  'draws order and dropout from the stream of the job': double((job, data, hooks) =>
    train({ ...job, stream: 'always' }, data, hooks),
  ),
  'goes on from a checkpoint as if it had never stopped': double((job, data, hooks) =>
    train(
      job.checkpoint ? { ...job, checkpoint: { ...job.checkpoint, optimizer: [iterationsOf(job)] } } : job,
      data,
      hooks,
    ),
  ),
  'keeps a checkpoint where it is asked to, and only there': double((job, data, hooks) =>
    train({ ...job, keepCheckpoint: true }, data, hooks),
  ),
  'trains not one step after a hook said stop': double(async (job, data, hooks) => {
    let stopped = 0
    const result = await train(job, data, {
      onEpoch(epoch, metrics) {
        if (stopped > 0) return 'stop'
        if (hooks.onEpoch(epoch, metrics) === 'stop') stopped = epoch
        return 'continue'
      },
    })
    return stopped === 0 ? result : { ...result, end: 'pruned', epochs: stopped }
  }),
  'ends where the loss is no number, that epoch reported': double(async (job, data, hooks) => {
    const result = await train(job, data, {
      onEpoch: (epoch, metrics) => (Number.isFinite(metrics.loss) ? hooks.onEpoch(epoch, metrics) : 'continue'),
    })
    return result
  }),
  'puts the weights of the best epoch back after early stopping': double((job, data, hooks) =>
    train(
      job.earlyStopping ? { ...job, earlyStopping: { ...job.earlyStopping, restoreBest: false } } : job,
      data,
      hooks,
    ),
  ),
  'leaves the trained weights in the LayersModel': double(async (job, data, hooks) => {
    const before = job.model.getWeights().map((weight) => core.clone(weight))
    const result = await train(job, data, hooks)
    job.model.setWeights(before)
    return result
  }),
  'keeps no tensor after a training': double(async (job, data, hooks) => {
    core.keep(core.zeros([1]))
    return train(job, data, hooks)
  }),
  'refuses the checkpoint of another engine': double(({ checkpoint, ...job }, data, hooks) =>
    train(checkpoint && inner.wrote(checkpoint) ? { ...job, checkpoint } : job, data, hooks),
  ),
  'says of each model that it can train it, or what it cannot': double(train, { supports: () => 'no' }),
}

const iterationsOf = ({ checkpoint }: TrainingJob) =>
  checkpoint?.optimizer.find(({ name }) => name === 'iterations_') ?? {
    name: '',
    shape: [],
    values: new Float32Array(),
  }

describe('broken engines', () => {
  it.each(Object.entries(doubles))('fail the rule: %s', async (rule, make) => {
    const check = engineRules[rule as keyof typeof engineRules] as (
      make: MakeEngine,
      traits: EngineTraits,
    ) => Promise<void>
    await check(double(train), {})
    await expect(check(make, {})).rejects.toThrow()
  })
})
