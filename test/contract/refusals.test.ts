// What cannot be copied to a child is refused by name, and nothing is started.
import assert from 'node:assert/strict';
import { createServer, type Server, Socket } from 'node:net';
import { after, describe, test } from 'node:test';
import { activeChildren, getAllStartMethods, NotSerializableError, Process } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

for (const method of getAllStartMethods()) {
  describe(`start() by '${method}'`, () => {
    const socket = new Socket();
    const cases: [string, () => Process, path: string, variable: string][] = [
      [
        'a socket as argument',
        () => new Process({ target: (_: Socket) => {}, args: [socket], method }),
        'args[0]',
        'args',
      ],
      [
        'a socket within an argument',
        () => new Process({ target: (_: object) => {}, args: [{ connections: [socket] }], method }),
        'args[0].connections[0]',
        'connections',
      ],
      [
        'a captured socket',
        () => new Process({ target: () => socket.destroy(), method }),
        'target → socket',
        'socket',
      ],
      ['a captured promise', () => pending(method), 'target → answer', 'answer'],
      ['a captured server', () => listening(createServer(), method), 'target → server', 'server'],
    ];

    for (const [what, make, path, variable] of cases) {
      test(`refuses ${what}`, () => {
        const child = make();
        assert.throws(
          () => child.start(),
          (error: unknown) => {
            assert.ok(error instanceof NotSerializableError);
            assert.deepEqual([error.path, error.variable], [path, variable]);
            assert.ok(error.message.includes(path), error.message);
            return true;
          },
        );
        assert.deepEqual(
          [activeChildren(), child.pid, child.exitcode, child.isAlive()],
          [[], undefined, null, false],
        );
      });
    }

    test('may be called again when the variable has been put right', async () => {
      let value: unknown = socket;
      const child = new Process({ target: () => process.exit(value === 3 ? 3 : 4), method });
      assert.throws(() => child.start(), NotSerializableError);
      value = 3;
      child.start();
      await child.join();
      assert.equal(child.exitcode, 3);
    });
  });
}

function pending(method: 'process' | 'thread'): Process {
  const answer = Promise.resolve(1);
  return new Process({ target: async () => void (await answer), method });
}

function listening(server: Server, method: 'process' | 'thread'): Process {
  return new Process({ target: () => void server.close(), method });
}

after(nothingLeft);
