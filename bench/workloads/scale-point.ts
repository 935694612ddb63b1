/** How large a study of the bench of scale is. */
export interface ScalePoint {
  readonly trials: number
  readonly rows: number
  readonly width: number
  readonly depth: number
}

/** Where nothing else is said; one of them is varied at a time. */
export const USUAL: ScalePoint = { trials: 40, rows: 500, width: 32, depth: 2 }

const VARIABLE = 'TUNE_BENCH_SCALE'

/** As the workers of a study read it. */
export function pointToEnvironment(point: ScalePoint): Readonly<Record<string, string>> {
  return { [VARIABLE]: JSON.stringify(point) }
}

export function pointFromEnvironment(): ScalePoint {
  return { ...USUAL, ...(JSON.parse(process.env[VARIABLE] ?? '{}') as Partial<ScalePoint>) }
}
