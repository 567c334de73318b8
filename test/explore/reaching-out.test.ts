// Programs that reach beyond what is under control, or never end without an operation: each is told what it
// did, and what it used.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ExplorationError, explore, NotSerializableError, Process } from '../../src/index';
import { escapeOf } from '../support/explore/escape-of';
import { nothingLeft } from '../support/processes/nothing-left';

const folder = fs.mkdtempSync(join(tmpdir(), 'parlab-reaching-'));
const file = join(folder, 'visits.txt');

after(async () => {
  fs.rmSync(folder, { recursive: true });
  await nothingLeft();
});

test('a global variable', async () => {
  const program = () => {
    const everywhere = globalThis as { runs?: number };
    everywhere.runs = (everywhere.runs ?? 0) + 1;
    console.log(everywhere.runs);
  };
  assert.equal(
    await escapeOf(program),
    'MainProcess did two different things after the same beginning: in one run it prints "1\\n", in another one it ' +
      'prints "2\\n". It uses the global variable runs, which explore() does not control.',
  );
});

test('a variable of the environment', async () => {
  const program = () => {
    process.env.RUNS = `${Number(process.env.RUNS ?? 0) + 1}`;
    return process.env.RUNS;
  };
  assert.match(
    await escapeOf(program),
    /in one run it ends and returns '1', in another one it ends and returns '2'\. It uses the environment variable RUNS, /,
  );
  assert.equal(process.env.RUNS, undefined);
});

test('a file', async () => {
  const program = () => {
    fs.appendFileSync(file, 'x');
    if (fs.readFileSync(file).length % 2 === 1) console.log('odd');
  };
  const message = await escapeOf(program);
  assert.match(message, /it prints "odd\\n"/);
  assert.ok(message.endsWith(`It uses the file ${file}, which explore() does not control.`), message);
});

test('a file that is awaited', async () => {
  fs.writeFileSync(file, '');
  const message = await escapeOf(async () => {
    await fs.promises.readFile(file);
    console.log('read');
  });
  assert.match(message, /^MainProcess awaits something that explore\(\) does not control/);
  assert.ok(message.endsWith(`It uses the file ${file}, which explore() does not control.`), message);
});

test('the network', async () => {
  const { escapes } = await explore(async () => {
    const nobody = new AbortController();
    nobody.abort();
    await fetch('http://localhost/', { signal: nobody.signal }).catch(() => {});
  });
  assert.deepEqual(escapes, ['fetch']);
});

test('what cannot travel is refused as by a real start, in each run of the code', async () => {
  const target = (_door: net.Socket) => {};
  const real = new Process({ target, args: [new net.Socket()] });
  let said = '';
  assert.throws(
    () => real.start(),
    (error: Error) => {
      said = error.message;
      return error instanceof NotSerializableError;
    },
  );
  const caught = await explore(() => {
    const child = new Process({ target, args: [new net.Socket()] });
    try {
      child.start();
      return undefined;
    } catch (error) {
      const { name, message } = error as Error;
      return [name, message, child.pid];
    }
  });
  assert.deepEqual(caught.outcomes[0]?.outcome.returned, ['NotSerializableError', said, undefined]);
  const { failing } = await explore(() => new Process({ target, args: [new net.Socket()] }).start());
  assert.ok(failing?.why?.startsWith(`MainProcess ended with exit code 1: NotSerializableError: ${said}`));
});

test('what explore() itself works with', async () => {
  const started = async () => {
    const child = new Process({ target: () => {} });
    child.start();
    await child.join();
  };
  const programs = {
    'the global variable Promise': async () => {
      Reflect.deleteProperty(globalThis, 'Promise');
      await started();
    },
    'Array.prototype.map': async () => {
      Array.prototype.map = () => {
        throw new Error('oh');
      };
      await started();
    },
  };
  for (const [what, program] of Object.entries(programs)) {
    await assert.rejects(explore(program), (error: Error) => {
      assert.ok(error.message.startsWith(`The program changes ${what}, which explore() itself works with (`));
      return error instanceof ExplorationError;
    });
    assert.equal((await explore(() => 1)).failing, undefined);
  }
});

test('an error that cannot be read is a failure like others', async () => {
  const { failing } = await explore(() => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    throw proxy;
  });
  assert.equal(failing?.why, 'MainProcess ended with exit code 1: <Revoked Proxy>');
  const unreadable = await explore(() => {
    throw Object.defineProperty(new Error('x'), 'message', {
      get: () => {
        throw new TypeError('not to be read');
      },
    });
  });
  assert.match(unreadable.failing?.why ?? '', /^MainProcess ended with exit code 1: /);
});

const endless: Record<string, () => void> = {
  nextTick: () => {
    const again = () => process.nextTick(again);
    again();
  },
  queueMicrotask: () => {
    const again = () => queueMicrotask(again);
    again();
  },
  'Promise.then': () => {
    const again = () => void Promise.resolve().then(again);
    again();
  },
  await: () => {
    const again = async () => {
      await null;
      void again();
    };
    void again();
  },
};

for (const [name, program] of Object.entries(endless)) {
  test(`${name} without end is counted, as loops are`, async () => {
    const { failing, outcomes } = await explore(program);
    assert.deepEqual([outcomes.length, failing?.outcome.hang], [1, 'MainProcess goes on for ever.']);
  });
}

test('what is to be done next is done, as long as it ends', async () => {
  const { outcomes } = await explore(async () => {
    const order: string[] = [];
    process.nextTick(() => order.push('tick'));
    queueMicrotask(() => order.push('microtask'));
    await Promise.resolve().then(() => order.push('then'));
    for (let round = 0; round < 1000; round++) await null;
    return order;
  });
  assert.deepEqual(outcomes[0]?.outcome.returned, ['tick', 'microtask', 'then']);
});

test('a program that awaits what never comes, and one that is a generator', async () => {
  const { failing } = await explore(() => new Promise(() => {}));
  assert.equal(failing?.why, 'MainProcess ended with exit code 13: it awaits something that never comes');
  const generators: (() => unknown)[] = [
    function* () {
      yield 1;
    },
    async function* () {
      yield 1;
    },
  ];
  for (const program of generators) {
    await assert.rejects(explore(program), /^ExplorationError: The program is a generator/);
  }
});
