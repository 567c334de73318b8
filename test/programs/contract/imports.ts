// Targets that use a package and a local .ts file, imported outside and inside of the target.
import { basename } from 'node:path';
import * as acorn from 'acorn';
import { Process } from 'parlab';
import { shout } from './factor';

new Process({
  target: () => console.log(basename('/a/outside'), shout(acorn.parse('1', { ecmaVersion: 2022 }).type)),
}).start();
new Process({
  target: async () => {
    const { basename } = await import('node:path');
    const { shout } = await import('./factor');
    const { parse } = await import('acorn');
    console.log(basename('/a/inside'), shout(parse('1', { ecmaVersion: 2022 }).type));
  },
}).start();
