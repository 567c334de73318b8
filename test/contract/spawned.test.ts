// Where children cannot be forked from a zygote they are spawned: what concerns their beginning and their end holds there, too.
import { after, describe, test } from 'node:test';
import { needsProcesses } from '../support/contract/needs-processes';
import { contractHolds } from '../support/contract/run-contract';
import { nothingLeft } from '../support/processes/nothing-left';

const ABOUT_CHILDREN = ['finalize', 'life', 'process', 'start-method', 'subclassing'];

describe('the contract of processes holds where children are spawned', needsProcesses, () => {
  for (const name of ABOUT_CHILDREN) {
    test(name, () => contractHolds(`${name}.test.js`, { PARLAB_ZYGOTE: 'off' }));
  }
});

after(nothingLeft);
