import { TunerError } from '../core/errors.ts'
import { DEFAULT_DATABASE } from '../study/default-database.ts'

/** Reads an option that takes a whole number. Throws `command/bad-argument`. */
export function wholeNumber(option: string, from: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text.trim()) && Number.isSafeInteger(value) && value >= from) return value
    throw new TunerError('command/bad-argument', `${option} is "${text}", expected a whole number from ${from} up.`, {
      hint: `Write for example ${option} ${Math.max(from, 4)}.`,
    })
  }
}

/** Reads an option that takes a number above 0. Throws `command/bad-argument`. */
export function numberAboveZero(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value
    throw new TunerError('command/bad-argument', `${option} is "${text}", expected a number above 0.`, {
      hint: `Write for example ${option} 60.`,
    })
  }
}

/** Reads a list of names: `id,date`. Empty names are left out. */
export function names(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

/** A word as a shell reads it back: quoted where it must be. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** A command about a study as it is to be typed, from the folder in which this one was. */
export function typedCommand(verb: string, study: string, db: string): string {
  const database = db === DEFAULT_DATABASE ? '' : ` --db ${shellWord(db)}`
  return `tune ${verb} ${shellWord(study)}${database}`
}
