import { join } from 'node:path'
import { cacheFolder } from '../../core/cache-folder.ts'

/**
 * The user's folder of native backends, one subfolder each: TUNE_NATIVE_DIR, otherwise `tfjs-tuner/native` where the
 * platform keeps what can be made again.
 */
export function nativeFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const chosen = env.TUNE_NATIVE_DIR
  return chosen !== undefined && chosen !== '' ? chosen : join(cacheFolder(env, platform), 'native')
}
