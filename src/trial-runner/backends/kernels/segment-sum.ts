import type { Tensor } from '@tensorflow/tfjs-core'
import { core } from '../../engines/tfjs/tfjs.ts'
import { composed } from './provide.ts'

/** Adds each row of x to the row of the sum that its id names, the gradient of gathering rows; other ids count nowhere. */
export const unsortedSegmentSum = composed(
  ({ x, segmentIds }: { x: Tensor; segmentIds: Tensor }, { numSegments }: { numSegments: number }) => {
    const inner = x.shape.slice(segmentIds.rank)
    const width = inner.reduce((product, extent) => product * extent, 1)
    const known = core.logicalAnd(core.greaterEqual(segmentIds, 0), core.less(segmentIds, numSegments))
    // The scatter below does not check where it writes: what no row is for goes to one more row at the end.
    const ids = core.where(known, segmentIds, core.fill(segmentIds.shape, numSegments, 'int32'))
    const rows = core.reshape(x, [segmentIds.size, width])
    const sums = core.scatterND(core.reshape(ids, [segmentIds.size, 1]), rows, [numSegments + 1, width])
    return core.reshape(core.slice(sums, [0, 0], [numSegments, width]), [numSegments, ...inner])
  },
)
