import type { EngineChoice } from '../engines/registry.ts'
import type { Candidate, Measurement, StepTime } from './measurement.ts'

/**
 * How many times faster another candidate must be to be chosen before a preferred one. Numbers of a study depend on its
 * engine in their last bits, so the same study on the same machine should choose the same one, however busy that is.
 */
export const CLEAR_MARGIN = 1.5

/** A candidate, the preferred ones first, and what was measured of it. */
interface Measuring {
  readonly candidate: Candidate
  readonly measurement: Measurement
}

/**
 * What trains a study, by what a step takes at the points of its space. Compared is the time for a row, a step's by its
 * batch, summed over the points, which is what an epoch costs. The simd engine is chosen unless something is faster by
 * {@link CLEAR_MARGIN}; among tfjs backends the first that takes at most so many times as long as the fastest. Where the
 * simd engine cannot train the model of one point but that of another, it trains what it can, and the fastest backend the
 * rest. `byDefault` is the choice where nothing could be measured.
 */
export function chooseFastest(all: readonly Measuring[], byDefault: EngineChoice): EngineChoice {
  const simd = all.find(({ candidate }) => candidate.engine === 'simd')
  const tfjs = preferred(all.filter(({ candidate }) => candidate.engine === 'tfjs'))
  if (simd === undefined || countOf(simd) === 0) {
    if (tfjs === undefined || tfjs.candidate.backend === byDefault.backend) return byDefault
    return tfjs.candidate
  }
  if (tfjs === undefined || countOf(tfjs) < countOf(simd)) return byDefault
  const [fails, shared] = compareSteps(simd.measurement.steps, tfjs.measurement.steps)
  if (fails || shared.simd > CLEAR_MARGIN * shared.tfjs) return tfjs.candidate
  const trainsAll = simd.measurement.steps.every(({ status }) => status !== 'unsupported')
  return trainsAll ? byDefault : { ...byDefault, backend: tfjs.candidate.backend }
}

/** Where most points could be measured; of those the first that is not clearly slower than the fastest. */
function preferred(all: readonly Measuring[]): Measuring | undefined {
  const most = Math.max(0, ...all.map(countOf))
  const able = most === 0 ? [] : all.filter((each) => countOf(each) === most)
  const rowMs = ({ measurement }: Measuring) => measurement.steps.reduce((sum, step) => sum + (timeOfRow(step) ?? 0), 0)
  const fastest = Math.min(...able.map(rowMs))
  return able.find((each) => rowMs(each) <= CLEAR_MARGIN * fastest)
}

function countOf({ measurement }: Measuring): number {
  return measurement.steps.filter(({ status }) => status === 'measured').length
}

function timeOfRow(step: StepTime | undefined): number | undefined {
  return step?.status === 'measured' ? step.ms / step.batchSize : undefined
}

/** Whether simd fails at a model that it says it can train and tfjs trains; and what both take where both train. */
function compareSteps(simd: readonly StepTime[], tfjs: readonly StepTime[]) {
  const sums = { simd: 0, tfjs: 0 }
  let fails = false
  tfjs.forEach((step, i) => {
    const other = timeOfRow(step)
    if (other === undefined) return
    const own = timeOfRow(simd[i])
    if (own === undefined) {
      fails ||= simd[i]?.status === 'failed'
      return
    }
    sums.simd += own
    sums.tfjs += other
  })
  return [fails, sums] as const
}
