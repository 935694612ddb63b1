import { boolean, choice, fixed, float, int, list } from '../../src/search-space/parameter.ts'
import { Space } from '../../src/search-space/space.ts'

/** Every kind of parameter, conditions two deep, and lists of both sorts. */
export const everything = Space.declare({
  optimizer: choice(['sgd', 'adam', 'rmsprop']),
  momentum: float(0, 0.99).when('optimizer', 'sgd'),
  nesterov: boolean().when('optimizer', 'sgd'),
  decay: float(1e-6, 1e-2, { scale: 'log' }).when('nesterov', true),
  learningRate: float(1e-5, 1e-1, { scale: 'log' }),
  keep: float(0.5, 0.999, { scale: 'reverse-log' }),
  dropout: float(0, 0.6, { step: 0.1 }),
  batchSize: int(16, 256, { scale: 'log', step: 2 }),
  units: int(8, 512, { scale: 'log' }),
  level: choice([1, 3, 10, 30]),
  layers: int(0, 3),
  widths: list(int(4, 64), { length: 'layers' }),
  rates: list(float(0, 1), { length: [1, 3] }),
  seed: fixed(7),
})

/** Three floats, an int and a choice. */
export const ordinary = Space.declare({
  x: float(0, 1),
  y: float(-5, 10),
  rate: float(1e-5, 1e-1, { scale: 'log' }),
  units: int(8, 512, { scale: 'log' }),
  activation: choice(['relu', 'tanh', 'elu']),
})

/** Ordered and finite: 12 configurations. */
export const twelve = Space.declare({ a: int(1, 3), b: choice(['p', 'q', 'r', 's']) })

/** Nothing to choose. */
export const single = Space.declare({ only: choice(['this']), always: fixed(3) })

/** A rule that half of the cube breaks, in a finite space: 6 configurations of 16 remain. */
export const constrained = new Space({ a: int(1, 4).spec, b: int(1, 4).spec }, [({ a, b }) => Number(a) < Number(b)])

/** A rule in a continuous space. */
export const triangle = new Space({ x: float(0, 1).spec, y: float(0, 1).spec }, [({ x, y }) => Number(x) < Number(y)])
