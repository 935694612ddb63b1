/** One value of a configuration. A list comes from a variable-length parameter. */
export type ParamValue = number | string | boolean | readonly number[]

/** One configuration: a value for every parameter that is active, and none for the others. */
export type Params = Readonly<Record<string, ParamValue>>
