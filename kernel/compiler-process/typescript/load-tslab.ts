// Loads tslab's converter with a compiler of our choice in the place of the fork of TypeScript that it asks
// for.

import { createRequire, Module } from 'node:module';

export type TslabConverter = typeof import('tslab/dist/converter');

/**
 * A fresh copy of tslab's converter that uses `compiler`. Only this copy sees it: Node's module cache is as
 * it was afterwards, and whoever else requires the fork gets the fork.
 */
export function loadTslab(compiler: object): TslabConverter {
  const ours = createRequire(__filename);
  const converterFile = ours.resolve('tslab/dist/converter');
  const metadataFile = ours.resolve('tslab/dist/metadata');
  const forkFile = createRequire(converterFile).resolve('@tslab/typescript-for-tslab');
  const files = [converterFile, metadataFile, forkFile];
  const cached = files.map((file) => ours.cache[file]);
  for (const file of files) delete ours.cache[file];
  const standIn = new Module(forkFile);
  standIn.exports = compiler;
  standIn.loaded = true;
  ours.cache[forkFile] = standIn;
  try {
    return ours(converterFile) as TslabConverter;
  } finally {
    files.forEach((file, index) => {
      const before = cached[index];
      if (before) ours.cache[file] = before;
      else delete ours.cache[file];
    });
  }
}
