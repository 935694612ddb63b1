import { TunerError } from '../../core/errors.ts'
import type { Metrics } from '../../core/trial.ts'
import type { FoldHooks } from '../runner.ts'

/** A job's hooks for user code, which may report anything: what no study could keep throws `model/threw` there. */
export function checkedReports(hooks: FoldHooks): FoldHooks {
  let last = 0
  return {
    onEpoch(epoch: unknown, metrics: unknown) {
      if (epoch !== last + 1) {
        throw new TunerError('model/threw', `report() was told of epoch ${shown(epoch)} after epoch ${last}.`, {
          hint: 'Report every epoch once, counted from 1.',
        })
      }
      last = epoch
      return hooks.onEpoch(epoch, numbers(metrics))
    },
  }
}

function numbers(metrics: unknown): Metrics {
  const entries = typeof metrics === 'object' && metrics !== null ? Object.entries(metrics) : []
  const odd = entries.find(([, value]) => typeof value !== 'number')
  if (entries.length > 0 && odd === undefined) return Object.fromEntries(entries) as Metrics
  const came = odd === undefined ? shown(metrics) : `${odd[0]}: ${shown(odd[1])}`
  throw new TunerError('model/threw', `report() was given ${came}; expected numbers by the names of their metrics.`, {
    hint: 'Await tensors, as in: report(epoch, { val_loss: (await loss.data())[0] }).',
  })
}

function shown(value: unknown): string {
  return typeof value === 'object' && value !== null ? Object.prototype.toString.call(value) : String(value)
}
