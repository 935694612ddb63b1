import { INTERRUPTED } from './exit-codes.ts'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/**
 * Runs work that Ctrl-C (or SIGTERM) stops: the first signal aborts it, after `onStop`, and it may put things in order;
 * the second ends the process at once.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>, onStop: () => void): Promise<T> {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED)
    onStop()
    controller.abort()
  }
  for (const signal of SIGNALS) process.on(signal, stop)
  try {
    return await work(controller.signal)
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop)
  }
}
