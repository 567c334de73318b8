// What a process loads before its first TypeScript file.

import { begin, load, register } from './load';

register();

export {
  begin as loadModule,
  /** Loads what has to be there, whole, before a child begins. */
  load as loadWhole,
};
