import { TunerError } from '../core/errors.ts'
import type { Json } from '../core/json.ts'
import { FittedChain } from './chain.ts'
import { FittedScaling, type ScalingJson } from './column-scaling.ts'
import type { Fitted } from './preprocessor.ts'

type ChainJson = { readonly name: string; readonly steps: readonly Json[] }

/** The inverse of `toJSON` of the preprocessors that come with this package. Throws `data/bad-format`. */
export function fittedFromJSON(json: Json): Fitted {
  if (isChain(json)) return new FittedChain(json.name, json.steps.map(fittedFromJSON))
  if (isScaling(json)) return FittedScaling.fromJSON(json)
  throw new TunerError('data/bad-format', `${nameIn(json)} is no preprocessing that can be read back.`, {
    hint: 'What a preprocessor of your own has learned is yours to apply.',
  })
}

function isChain(json: Json): json is ChainJson {
  return isNamed(json) && Array.isArray(json.steps)
}

function isScaling(json: Json): json is ScalingJson {
  const isScale = (input: Json) =>
    input === null || (isObject(input) && isNumbers(input.subtract) && isNumbers(input.divideBy))
  return isNamed(json) && Array.isArray(json.inputs) && json.inputs.every(isScale)
}

type JsonObject = { readonly [key: string]: Json }

function isNamed(json: Json): json is JsonObject & { readonly name: string } {
  return isObject(json) && typeof json.name === 'string'
}

function isObject(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function isNumbers(json: Json | undefined): boolean {
  return Array.isArray(json) && json.every((value) => typeof value === 'number')
}

function nameIn(json: Json): string {
  return isNamed(json) ? `"${json.name}"` : JSON.stringify(json)
}
