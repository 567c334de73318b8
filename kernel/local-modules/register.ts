// What a child loads before its first TypeScript file, when its parent loaded such files in this way.

import { load, register } from './load';

register();

/** For what has to be there, whole, before the child begins. */
export const loadWhole = load;
