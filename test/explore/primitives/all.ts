// All programs of this folder, by name.
import { channels } from './channels';
import { memory } from './memory';
import { pools } from './pools';
import { processes } from './processes';
import { sync } from './sync';

export const programs = { ...sync, ...channels, ...memory, ...processes, ...pools };
