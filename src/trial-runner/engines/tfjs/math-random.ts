import { RandomStream } from '../../../core/random.ts'

/**
 * Runs `work` while `Math.random` is a seeded stream: tfjs draws the seeds of unseeded initializers, dropout and noise
 * from it. The stream can be changed on the way (a new one each epoch).
 */
export async function withSeededMathRandom<T>(work: (reseed: (path: string) => void) => Promise<T>): Promise<T> {
  const original = Math.random
  const reseed = (path: string): void => {
    const stream = new RandomStream(path)
    Math.random = () => stream.next()
  }
  try {
    return await work(reseed)
  } finally {
    Math.random = original
  }
}
