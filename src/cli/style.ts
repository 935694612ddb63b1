import { styleText } from 'node:util'

export type Format = Parameters<typeof styleText>[0]

/** Gives text a colour or weight, or leaves it as it is. */
export type Style = (format: Format, text: string) => string

export const plain: Style = (_, text) => text

const coloured: Style = (format, text) => styleText(format, text, { validateStream: false })

/** Colours for a terminal that shows them, unless NO_COLOR is set; none for a file or a pipe. */
export function styleFor(stream: Pick<NodeJS.WriteStream, 'isTTY'>, env: NodeJS.ProcessEnv): Style {
  const isRefused = (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb'
  return stream.isTTY && !isRefused ? coloured : plain
}
