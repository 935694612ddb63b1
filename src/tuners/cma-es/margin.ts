import type { RandomStream } from '../../core/random.ts'
import type { Space } from '../../search-space/space.ts'
import type { Distribution } from './distribution.ts'

/**
 * Once the deviation along an axis of levels is small beside a bin, all draws would fall on one level and the axis would
 * be lost to the search. The margin: whatever the deviation, a draw goes to a neighbouring level with probability
 * 1 / (n lambda) at least. Changes `point` in place.
 */
export function leaveStuckLevels(
  point: Float64Array,
  space: Space,
  axes: readonly number[],
  { sigma, covariance }: Distribution,
  population: number,
  random: RandomStream,
): void {
  axes.forEach((axis, i) => {
    const dimension = space.dimensions[axis]
    if (dimension === undefined || dimension.kind !== 'discrete') return
    const deviation = sigma * Math.sqrt(covariance[i * axes.length + i] as number)
    const here = dimension.fromUnit(point[axis] as number)
    const [low, high] = dimension.bin(here)
    // Beyond a quarter of a bin the normal distribution leaves it often enough by itself.
    if (deviation > (high - low) / 4 || random.next() * axes.length * population > 1) return
    const level = dimension.levelOf(here) + (random.next() < 0.5 ? -1 : 1)
    point[axis] = dimension.toUnit(dimension.level(Math.min(dimension.levels - 1, Math.max(0, level))))
  })
}
