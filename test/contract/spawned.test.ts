// Where children cannot be forked from a zygote they are spawned: what concerns their beginning and their end holds there, too.
import { after, describe, test } from 'node:test';
import { nothingLeft } from '../nothing-left';
import { needsProcesses } from './needs-processes';
import { contractHolds } from './run-contract';

const ABOUT_CHILDREN = ['finalize', 'life', 'process', 'start-method', 'subclassing'];

describe('the contract of processes holds where children are spawned', needsProcesses, () => {
  for (const name of ABOUT_CHILDREN) {
    test(name, () => contractHolds(`${name}.test.js`, { PARLAB_ZYGOTE: 'off' }));
  }
});

after(nothingLeft);
