/** Where studies are kept unless something else is said: a file in the current folder. */
export const DEFAULT_DATABASE = 'tune.db'
