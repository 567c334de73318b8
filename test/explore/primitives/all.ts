// All programs of this folder, by file and name.
import { channels } from './channels';
import { endings } from './endings';
import { memory } from './memory';
import { pools } from './pools';
import { processes } from './processes';
import { standstills } from './standstills';
import { sync } from './sync';

export const files: Readonly<Record<string, Readonly<Record<string, () => unknown>>>> = {
  sync,
  channels,
  memory,
  processes,
  pools,
  endings,
  standstills,
};
