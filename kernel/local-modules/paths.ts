// What the name of a module, or the path of a file, says by itself.

/** How the names of files end that a compiler has to read. */
export const TYPESCRIPT_EXTENSIONS = ['.ts', '.tsx', '.cts', '.mts'] as const;

/** Whether it names a file rather than a package. */
export function isLocal(name: string): boolean {
  return /^(?:\.{0,2}\/|\.{1,2}$|file:)/.test(name);
}

/** Whether what lies there was installed. */
export function isInstalled(path: string): boolean {
  return /[\\/]node_modules(?:[\\/]|$)/.test(path);
}
