// Where this user keeps what can be made again: images of compilers, a broker that was fetched, modules that
// came from other hosts.
import { homedir } from 'node:os';
import { join } from 'node:path';

/** PARLAB_CACHE names another folder. */
export function cacheFolder(env = process.env, platform = process.platform): string {
  if (env.PARLAB_CACHE) return env.PARLAB_CACHE;
  const home = env.HOME ?? homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'parlab');
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'parlab');
  return join(env.XDG_CACHE_HOME ?? join(home, '.cache'), 'parlab');
}
