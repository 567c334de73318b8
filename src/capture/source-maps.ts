// The source maps of scripts that have no map file: notebook cells and what ts-node compiled. A child gets
// them with the functions, so that its stack traces name the lines that were written.
import { install } from '@cspotcode/source-map-support';

const maps = new Map<string, object>();

/**
 * Makes stack traces of this process, and of children that get functions of the script, follow the map of
 * `url`.
 */
export function registerSourceMap(url: string, map: object): void {
  maps.set(url, map);
}

export function sourceMapOf(url: string): object | undefined {
  return maps.get(url);
}

/** Makes the stack traces of this process (or thread) follow the registered maps. */
export function followSourceMaps(): void {
  install({
    environment: 'node',
    handleUncaughtExceptions: false,
    retrieveSourceMap: (url) => {
      const map = maps.get(url);
      return map === undefined ? null : { url, map: JSON.stringify(map) };
    },
  });
}

const INLINE = /^data:application\/json;(?:charset=[^;,]+;)?base64,(.*)$/s;

export function inlineSourceMap(url: string | undefined): object | undefined {
  const encoded = url === undefined ? undefined : INLINE.exec(url)?.[1];
  if (encoded === undefined) return undefined;
  try {
    const map: unknown = JSON.parse(Buffer.from(encoded, 'base64').toString());
    return typeof map === 'object' && map !== null ? map : undefined;
  } catch {
    return undefined; // A broken map costs the mapping, not the capture.
  }
}
