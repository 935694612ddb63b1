import type { Params } from '../core/params.ts'
import type { Parameter } from './parameter.ts'

/** A space as a user declares it. */
export type SpaceDeclaration = Readonly<Record<string, Parameter>>

type ConditionalKeys<S extends SpaceDeclaration> = {
  [K in keyof S]: S[K] extends Parameter<unknown, true> ? K : never
}[keyof S]

type ValueOf<P> = P extends Parameter<infer Value, boolean> ? Value : never

type Flat<T> = { readonly [K in keyof T]: T[K] }

/** The params that a space declares: a value for each parameter, optional where it is under a condition. */
export type ParamsOf<S extends SpaceDeclaration> = string extends keyof S
  ? Params
  : Flat<
      { [K in Exclude<keyof S, ConditionalKeys<S>>]: ValueOf<S[K]> } & {
        [K in ConditionalKeys<S>]?: ValueOf<S[K]>
      }
    >
