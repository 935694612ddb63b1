import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { choice, int } from '../../src/search-space/parameter.ts'
import { Space } from '../../src/search-space/space.ts'
import type { Problem } from './problem.ts'

/** Parameters of the table in row-major order, by how many values each has; ordered ones are ints over their indices. */
const axes = {
  activation_fn_1: ['relu', 'tanh'],
  activation_fn_2: ['relu', 'tanh'],
  batch_size: 4,
  dropout_1: 3,
  dropout_2: 3,
  init_lr: 6,
  lr_schedule: ['cosine', 'const'],
  n_units_1: 6,
  n_units_2: 6,
} as const

const space = Space.declare(
  Object.fromEntries(
    Object.entries(axes).map(([name, axis]) => [name, typeof axis === 'number' ? int(0, axis - 1) : choice(axis)]),
  ),
)

/**
 * Klein and Hutter, "Tabular Benchmarks for Joint Architecture and Hyperparameter Optimization", 2019: naval propulsion,
 * the mean validation error of every configuration. From `hpolib_naval_propulsion.f32` in a folder, if it is there.
 */
export function hpolib(folder: string): Problem | undefined {
  const file = join(folder, 'hpolib_naval_propulsion.f32')
  if (!existsSync(file)) return undefined
  const bytes = readFileSync(file)
  const table = Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i))
  const least = table.reduce((a, b) => Math.min(a, b))
  return {
    name: 'hpolib',
    unit: 'regret',
    space,
    objective: () => (params) => {
      let row = 0
      for (const [name, axis] of Object.entries(axes)) {
        const value = params[name]
        if (typeof axis === 'number') row = row * axis + Number(value)
        else row = row * axis.length + (axis as readonly unknown[]).indexOf(value)
      }
      return (table[row] as number) - least
    },
  }
}
