// Whose code an interrupt would cut: told by the files on the stack.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { Script } from 'node:vm';
import { installation, kernelCode, libraryCode } from '../../kernel/package-root';
import { type Whereabouts, whereMainThreadIs } from '../../kernel/session-process/cell/main-thread-stack';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const library = join(libraryCode, 'process', 'process.js');
const session = join(kernelCode, 'session-process', 'evaluate.js');
const someones = join(installation, 'node_modules', 'someone', 'index.js');

const cases: [where: string, outermostFirst: string[], owner: Whereabouts['owner'], functionName?: string][] =
  [
    ['in a cell', [session, 'Cell 1'], 'student'],
    ['in a package that a cell calls', [session, 'Cell 1', someones], 'student'],
    ["in a package's callback", [someones], 'student'],
    ['in the library', [session, 'Cell 1', library], 'library'],
    ['in a package that the library calls', ['Cell 1', library, someones], 'library'],
    ['in the session on behalf of the library', ['Cell 1', library, session], 'library'],
    ['in a cell that the library calls', ['Cell 1', library, 'Cell 2'], 'student'],
    ['in what the session does for a cell', ['Cell 1', session], 'student'],
    ['in the session alone', [session, session], 'session'],
    ['asleep in the library', ['Cell 1', library], 'waiting', 'waitSync'],
    ['just awake in the library', ['Cell 1', library], 'waiting', 'looks'],
    ['in nothing', [], 'nobody'],
  ];

describe('the main thread is found', () => {
  for (const [what, files, owner, name] of cases) {
    test(`${what}: ${owner}`, async () => assert.equal(await ownerIn(files, name), owner));
  }
});

/** On a turn of its own, so that none of the test's frames is below. */
function ownerIn(files: string[], innermostName = 'work'): Promise<Whereabouts['owner']> {
  return new Promise((resolve) => {
    const look = () => resolve(whereMainThreadIs(look).owner);
    const calls = files.reduceRight<() => void>((inner, filename, index) => {
      const name = index === files.length - 1 ? innermostName : 'work';
      const make = new Script(`(inner) => function ${name}() { inner(); }`, { filename });
      return (make.runInThisContext() as (inner: () => void) => () => void)(inner);
    }, look);
    setImmediate(calls);
  });
}
