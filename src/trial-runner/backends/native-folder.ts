import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * The user's folder of native backends, one subfolder each: TUNE_NATIVE_DIR, otherwise `tfjs-tuner/native` where the
 * platform keeps what can be made again.
 */
export function nativeFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const chosen = env.TUNE_NATIVE_DIR
  return chosen !== undefined && chosen !== '' ? chosen : join(cacheFolder(env, platform), 'tfjs-tuner', 'native')
}

function cacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'win32') return env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches')
  return env.XDG_CACHE_HOME || join(homedir(), '.cache')
}
