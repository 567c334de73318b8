// ts-node without its prompt, which would load `repl`, and that `domain`: half of its time, and what an
// interrupt has to do without.

import { Module } from 'node:module';
import { dirname, join } from 'node:path';

export function tsNode(): typeof import('ts-node') {
  const prompt = join(dirname(require.resolve('ts-node/package.json')), 'dist', 'repl.js');
  const before = require.cache[prompt];
  const standIn = new Module(prompt);
  standIn.loaded = true;
  require.cache[prompt] = standIn;
  try {
    return require('ts-node') as typeof import('ts-node');
  } finally {
    if (before) require.cache[prompt] = before;
    else delete require.cache[prompt];
  }
}
