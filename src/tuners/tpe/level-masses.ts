import type { Axis } from './groups.ts'
import type { Kernels } from './kernels.ts'
import { normalCdf } from './normal-cdf.ts'

/** The logarithms of what each kernel gives to one level of an axis. */
export interface Masses {
  /** By kernel; NaN where nobody has asked yet. */
  readonly known: Float64Array
  find(kernel: number): number
}

/**
 * The masses of kernels on the levels of a discrete axis, or of one of categories. Found when they are asked for: few
 * levels are, again and again, and of many kernels nobody wants to know.
 */
export class LevelMasses {
  readonly axis: Axis
  readonly #kernels: Kernels
  /** Where the axis has its numbers in a row of kernels. */
  readonly #offset: number
  /** By the middle of the level. */
  readonly #levels = new Map<number, Masses>()
  /** Arrays of earlier masses, to be used again. */
  readonly #spare: Float64Array[] = []

  constructor(kernels: Kernels, axis: Axis) {
    this.axis = axis
    this.#kernels = kernels
    this.#offset = kernels.offsets.get(axis) ?? 0
  }

  /** To be called whenever the kernels have changed. */
  clear(): void {
    for (const { known } of this.#levels.values()) this.#spare.push(known)
    this.#levels.clear()
  }

  /** On the level in whose middle `unit` is. */
  at(unit: number): Masses {
    const before = this.#levels.get(unit)
    if (before !== undefined) return before
    const { count } = this.#kernels
    let known = this.#spare.pop()
    if (known === undefined || known.length < count) known = new Float64Array(2 * count)
    known.fill(Number.NaN, 0, count)
    const mass = this.axis.kind === 'discrete' ? this.#massesOfBin(unit) : this.#massesOfCategory(unit)
    const masses = { known, find: (kernel: number) => (known[kernel] = Math.log(mass(kernel))) }
    this.#levels.set(unit, masses)
    return masses
  }

  #massesOfBin(unit: number): (kernel: number) => number {
    const { dimension } = this.axis
    const [low, high] = dimension.bin(dimension.fromUnit(unit))
    return (kernel) => {
      const { values, stride } = this.#kernels
      const at = kernel * stride + this.#offset
      const centre = values[at] as number
      const precision = values[at + 1] as number
      return normalCdf((high - centre) * precision) - normalCdf((low - centre) * precision)
    }
  }

  #massesOfCategory(unit: number): (kernel: number) => number {
    const { levels } = this.axis.dimension
    const level = Math.floor(unit * levels)
    return (kernel) => {
      const { values, stride, count } = this.#kernels
      const own = values[kernel * stride + this.#offset] as number
      if (own === levels) return 1 / levels
      const { hit, miss } = categoryMasses(levels, count)
      return own === level ? hit : miss
    }
  }
}

/** What a kernel at a category gives to its own level, and to each of the others. */
export function categoryMasses(levels: number, kernels: number): { readonly hit: number; readonly miss: number } {
  const total = 1 + levels / kernels
  return { hit: (1 + 1 / kernels) / total, miss: 1 / kernels / total }
}
