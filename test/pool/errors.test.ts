// An error of a task keeps all that can travel of it: one field that cannot costs that field alone.
import assert from 'node:assert/strict';
import { Socket } from 'node:net';
import { after, describe, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { Pool, RemoteError } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

class HttpError extends Error {
  override readonly name = 'HttpError';
  declare status: number;
  get isServerError(): boolean {
    return this.status >= 500;
  }
}

interface Told {
  name: string;
  message: string;
  status?: number;
  code?: string;
  isServerError?: boolean;
  request?: unknown;
}

const throwing: { [what: string]: [task: () => never, kept: Partial<Told>] } = {
  'a socket in a field': [
    () => {
      throw Object.assign(new HttpError('b'), { status: 503, code: 'E1', request: new Socket() });
    },
    { name: 'HttpError', message: 'b', status: 503, code: 'E1', isServerError: true, request: undefined },
  ],
  'a function with private state, deep in a field': [
    () => {
      throw Object.assign(new RangeError('r'), { code: 'E2', request: { on: [new Socket()] } });
    },
    { name: 'RangeError', message: 'r', code: 'E2', request: undefined },
  ],
  'a cause that cannot travel': [
    () => {
      throw new HttpError('c', { cause: Object.assign(new Error('inner'), { socket: new Socket() }) });
    },
    { name: 'HttpError', message: 'c' },
  ],
  'an error of another realm': [
    () => {
      throw runInNewContext('Object.assign(new TypeError("vm"), { code: "E3" })');
    },
    { name: 'TypeError', message: 'vm', code: 'E3' },
  ],
};

describe('what a task throws', () => {
  after(nothingLeft);

  for (const [what, [task, kept]] of Object.entries(throwing)) {
    test(`arrives with what can travel: ${what}`, async () => {
      await using pool = new Pool({ processes: 1 });
      const error = (await pool.apply(task, []).catch((thrown: unknown) => thrown)) as Told;
      assert.ok(error instanceof Error);
      for (const [key, value] of Object.entries(kept)) assert.equal(error[key as keyof Told], value, key);
    });
  }
});

test('what gives a promise never throws: whatever is wrong, the promise tells', async () => {
  const pool = new Pool({ processes: 1 });
  const closed = new Pool({ processes: 1 });
  closed.terminate();
  const socket = new Socket();
  const items = {
    [Symbol.iterator]: (): Iterator<number> => {
      throw new RangeError('no items');
    },
  };
  const mistakes: Record<string, (given: Pool) => Promise<unknown>> = {
    'no function': (given) => given.apply(3 as never),
    'no list of arguments': (given) => given.apply(() => 1, 3 as never),
    'a wrong option': (given) => given.map((n: number) => n, [1], { chunksize: 1 } as never),
    'a wrong value of an option': (given) => given.map((n: number) => n, [1], { timeout: 'x' } as never),
    'no items': (given) => given.starmap((n: number) => n, 3 as never),
    'items that throw': (given) => given.map((n: number) => n, items),
    'a function that cannot travel': (given) => given.apply(() => socket.destroyed),
    'an argument that cannot travel': (given) => given.apply((given: unknown) => given, [socket]),
  };
  for (const [name, call] of Object.entries(mistakes)) {
    let result: Promise<unknown> | undefined;
    assert.doesNotThrow(() => {
      result = call(pool);
    }, name);
    await assert.rejects(result as Promise<unknown>, Error, name);
  }
  for (const call of [
    closed.apply(() => 1),
    closed.map((n: number) => n, [1]),
    closed.starmap((n: number) => n, [[1]]),
  ]) {
    await assert.rejects(call, { code: 'pool-closed' });
  }
  await pool[Symbol.asyncDispose]();
  await closed.join();
});

const unreadable: { [what: string]: () => object } = {
  'an object without a prototype': () => Object.assign(Object.create(null), { request: new Socket() }),
  'an object that does not let itself be read': () => ({
    request: new Socket(),
    toString() {
      throw new Error('no');
    },
  }),
  'an error that does not let itself be read': () =>
    Object.defineProperties(new Error('x'), {
      message: {
        get() {
          throw new Error('no');
        },
      },
      request: { value: new Socket(), enumerable: true },
    }),
};

for (const [what, make] of Object.entries(unreadable)) {
  test(`the worker lives when ${what} is thrown that cannot travel`, async () => {
    await using pool = new Pool({ processes: 1 });
    const fail = () => {
      throw make();
    };
    await assert.rejects(
      pool.apply(fail),
      /^Error: Something was thrown that can neither travel nor be read\.$/,
    );
    assert.equal(pool.stats.died, 0);
  });
}

const causes: { [what: string]: () => unknown } = {
  nothing: () => undefined,
  'an error': () => Object.assign(new HttpError('inner'), { status: 404 }),
  'an error of an error': () => new RangeError('inner', { cause: new TypeError('innermost') }),
  'a text': () => 'inner',
  null: () => null,
  'an object': () => ({ code: 'E4' }),
  'an error of a text': () => new RangeError('inner', { cause: 'innermost' }),
  itself: () => {
    const error = new Error('inner');
    error.cause = error;
    return error;
  },
};

describe('Where an error of a task was thrown is told, and its cause is its own, as is', () => {
  for (const [what, make] of Object.entries(causes)) {
    test(what, async () => {
      await using pool = new Pool({ processes: 1 });
      const cause = make();
      const fail = () => {
        throw new Error('outer', cause === undefined ? {} : { cause: make() });
      };
      const error: Error = await pool.apply(fail).catch((reason) => reason);
      const chain: unknown[] = [];
      let there: unknown = error.cause;
      for (let here = cause; here instanceof Error && !chain.includes(here); here = here.cause) {
        chain.push(here);
        assert.ok(there instanceof Error && there.constructor === here.constructor, what);
        assert.deepEqual([there.message, Object.keys(there)], [here.message, Object.keys(here)]);
        there = there.cause;
      }
      const isWhole = chain.length > 0 ? (chain.at(-1) as Error).cause === undefined : cause === undefined;
      const remote = isWhole ? (there as RemoteError).stack : error.stack;
      if (isWhole) assert.ok(there instanceof RemoteError);
      assert.match(
        remote ?? '',
        /RemoteError: It was thrown in PoolWorker-\d+ \(pid \d+\)\.\n.*\n +at fail /,
      );
      if (!(cause instanceof Error)) assert.deepEqual(isWhole ? undefined : error.cause, cause);
    });
  }
});
