/** Errors only: TensorFlow greets every process with a page about the processor. */
export function tensorflowEnvironment(): Readonly<Record<string, string>> {
  return { TF_CPP_MIN_LOG_LEVEL: process.env.TF_CPP_MIN_LOG_LEVEL ?? '2' }
}
