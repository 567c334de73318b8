// Things that live in shared memory travel as handles, and names of globals and modules cost no copy.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import test, { after, describe } from 'node:test';
import { capture } from '../../src/capture/capture';
import { decodeCaptured, encodeCaptured } from '../../src/capture/encode';
import { restore } from '../../src/capture/restore/restore';
import { MissingExportError } from '../../src/errors';
import { type Handle, registerHandle, remember, type Shareable, toHandle } from '../../src/objects/handle';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

class Thing implements Shareable {
  readonly #handle: Handle;
  constructor(handle: Handle) {
    this.#handle = handle;
  }
  [toHandle](): Handle {
    return this.#handle;
  }
}
registerHandle('capture-test', (handle) => new Thing(handle));

describe('a thing in shared memory', () => {
  test('is the same thing when it comes back to a process that has it', () => {
    const handle = { kind: 'capture-test', offset: 64 };
    const thing = new Thing(handle);
    remember(thing, handle);
    const use = () => thing;
    const { target, args } = restore(
      decodeCaptured(encodeCaptured(capture({ target: use, args: [thing] }))),
      require,
    ) as { target: typeof use; args: Thing[] };
    assert.equal(target(), thing);
    assert.equal(args[0], thing);
  });

  test('is made once from its handle where it is new', () => {
    const [a, b] = restore(
      capture([
        new Thing({ kind: 'capture-test', offset: 128 }),
        new Thing({ kind: 'capture-test', offset: 128 }),
      ]),
      require,
    ) as Thing[];
    assert.ok(a instanceof Thing);
    assert.equal(a, b);
  });
});

describe('what travels by name', () => {
  test('says so when the other process’s module lacks it', () => {
    const captured = {
      root: { ref: 0 },
      nodes: [{ type: 'module' as const, id: 'node:path', names: ['nowhere'] }],
      sourceMaps: {},
    };
    assert.throws(
      () => restore(captured, require),
      (error) => {
        assert.ok(error instanceof MissingExportError);
        assert.match(error.message, /node:path exports no nowhere|exports no nowhere/);
        return true;
      },
    );
  });

  test('is looked for without a warning, also where builtin modules are globals', () => {
    const file = JSON.stringify(join(__dirname, '../../src/capture/capture.js'));
    const program = `const { capture } = require(${file}); capture(() => path.join(console.log, fs)); console.log('done')`;
    const ran = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8', timeout: 60_000 });
    assert.equal(ran.stderr, '');
    assert.equal(ran.stdout, 'done\n');
  });

  test('includes the standard streams and the environment', () => {
    const streams = { out: process.stdout, err: process.stderr, env: process.env, log: console.log };
    const copy = restore(capture(streams), require) as typeof streams;
    for (const key of Object.keys(streams) as (keyof typeof streams)[]) assert.equal(copy[key], streams[key]);
  });
});
