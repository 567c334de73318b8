// What the name of a module, or the path of a file, says by itself.

/** Whether it names a file rather than a package. */
export function isLocal(name: string): boolean {
  return /^(?:\.{0,2}\/|\.{1,2}$|file:)/.test(name);
}

/** Whether what lies there was installed. */
export function isInstalled(path: string): boolean {
  return /[\\/]node_modules(?:[\\/]|$)/.test(path);
}
