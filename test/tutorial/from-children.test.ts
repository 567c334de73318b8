// Whether a result is made of what the children send: each way of sending, used honestly and only in appearance.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  type Connection,
  JoinableQueue,
  Lock,
  Pipe,
  Pool,
  Process,
  Queue,
  RawArray,
  RawValue,
  ShareableList,
  SharedArray,
  SimpleQueue,
  Value,
} from '../../src';
import { check, checkFarm, checkShop, checkTrip, resultFromChildren, returns } from '../../src/tutorial';
import { nothingLeft } from '../support/processes/nothing-left';

const startAndJoin = async (target: () => unknown) => {
  const child = new Process({ target });
  child.start();
  await child.join();
};

/** By what something comes; each gives what came, after a child has sent `sent`. */
const ways: Record<string, (sent: number) => Promise<unknown>> = {
  'a queue': async (sent) => {
    const queue = new Queue<number>();
    await startAndJoin(() => queue.put(sent));
    return await queue.get();
  },
  'a queue, without promises': async (sent) => {
    const queue = new JoinableQueue<number>();
    await startAndJoin(() => queue.putNowait(sent));
    return queue.getSync();
  },
  'the loop over a queue': async (sent) => {
    const queue = new Queue<number>();
    await startAndJoin(() => queue.put(sent));
    for await (const each of queue) return each;
    return undefined;
  },
  'a SimpleQueue': async (sent) => {
    const queue = new SimpleQueue<number>();
    await startAndJoin(() => queue.put(sent));
    return await queue.get();
  },
  'a pipe': async (sent) => {
    const [mine, yours] = Pipe() as [Connection<number>, Connection<number>];
    await startAndJoin(() => yours.send(sent));
    return await mine.recv();
  },
  'an element of shared memory': async (sent) => {
    const array = new RawArray('int32', 2);
    await startAndJoin(() => {
      array[1] = sent;
    });
    return array[1];
  },
  'a shared array as a whole': async (sent) => {
    const array = new SharedArray('int32', 2);
    await startAndJoin(() => {
      array[0] = sent;
    });
    return [...array][0];
  },
  'a shared value': async (sent) => {
    const value = new RawValue('float64', 0);
    await startAndJoin(() => {
      value.value = sent;
    });
    return value.value;
  },
  'a value with its lock': async (sent) => {
    const value = new Value('int32', 0);
    await startAndJoin(() => {
      value.value = sent;
    });
    return value.value;
  },
  Atomics: async (sent) => {
    const array = new RawArray('int32', 1);
    await startAndJoin(() => Atomics.add(array as unknown as Int32Array, 0, sent));
    return Atomics.load(array as unknown as Int32Array, 0);
  },
  'a ShareableList': async (sent) => {
    const list = new ShareableList([0, 'x']);
    await startAndJoin(() => list.set(0, sent));
    return list.get(0);
  },
  'a pool': async (sent) => {
    const pool = new Pool({ processes: 1 });
    const [came] = await pool.map((n: number) => n, [sent]);
    pool.close();
    await pool.join();
    return came;
  },
  'a call of a pool': async (sent) => {
    const pool = new Pool({ processes: 1 });
    const came = await pool.apply((n: number) => n, [sent]);
    pool.terminate();
    await pool.join();
    return came;
  },
};

describe('what is returned comes from the children by way of', () => {
  const requirements = [returns(7), resultFromChildren()];
  for (const [way, come] of Object.entries(ways)) {
    test(way, async () => {
      const honest = await check(() => come(7), requirements);
      assert.equal(honest.passed, true, honest.sentence);
      const pretended = await check(async () => {
        await come(7);
        return 7;
      }, requirements);
      assert.equal(
        pretended.sentence,
        'it returns 7 whatever the children send, so they work for nothing. Make the result of what comes from them.',
      );
    });
  }
});

describe('it is seen of', () => {
  const values: unknown[] = [
    7,
    7n,
    'seven',
    true,
    [1, [2]],
    { seven: 7 },
    new Map([['seven', 7]]),
    new Set([7]),
  ];
  for (const sent of values) {
    test(`what is sent as ${typeof sent} ${String(sent)}`, async () => {
      const come = async () => {
        const queue = new Queue<unknown>();
        await startAndJoin(() => queue.put(sent));
        return await queue.get();
      };
      const requirements = [returns(sent), resultFromChildren()];
      assert.equal((await check(come, requirements)).passed, true);
      const pretended = async () => {
        await come();
        return sent;
      };
      assert.match((await check(pretended, requirements)).sentence, /whatever the children send/);
    });
  }

  test('a program that goes by a sign for the end, which stays', async () => {
    const untilNull = async () => {
      const queue = new Queue<number | null>();
      await startAndJoin(async () => {
        for (const each of [3, 4, null]) await queue.put(each);
      });
      let sum = 0;
      for (let each = await queue.get(); each !== null; each = await queue.get()) sum += each;
      return sum;
    };
    assert.equal((await check(untilNull, [returns(7), resultFromChildren()])).passed, true);
  });

  test('a program that cannot go on with something else', async () => {
    const strict = async () => {
      const queue = new Queue<number>();
      await startAndJoin(() => queue.put(7));
      const came = await queue.get();
      if (came !== 7) throw new RangeError(`${came}`);
      return 7;
    };
    assert.equal((await check(strict, [returns(7), resultFromChildren()])).passed, true);
  });

  test('a program without children, which works for nobody', async () => {
    assert.match((await check(() => 7, [returns(7), resultFromChildren()])).sentence, /whatever/);
  });
});

describe('a verdict on several inputs', () => {
  test('names the first that fails, with what was expected and what came', async () => {
    const { sentence } = await checkFarm(async (pairs, count) => {
      const pool = new Pool({ processes: count });
      const [first = 0] = await pool.map(([a]: [number, number]) => a / 2, pairs);
      pool.close();
      await pool.join();
      return first;
    });
    assert.match(
      sentence,
      /^I called it with \(\[ \[ 12, 18 \], \[ 7, 5 \] \], 2\): .*it returns 6 instead of 7/,
    );
  });

  test('names all where none fails', async () => {
    const { passed, sentence } = await checkTrip(async (says) => {
      const answers = new Queue<string>();
      const friend = new Process({ target: () => (says === '' ? undefined : answers.put(says)) });
      friend.start();
      await friend.join();
      return answers.empty() ? 'no answer' : await answers.get();
    });
    assert.equal(passed, true, sentence);
    assert.match(
      sentence,
      /^I called it with \('gladly'\): .*\nI tried it with \('not today'\), and with \(''\), too\.$/s,
    );
  });

  test('does not hold for what stood ready for one of them', async () => {
    const till = new Lock();
    const { sentence } = await checkShop(async (wants) => {
      await startAndJoin(async () => {
        for (const wanted of wants) await till.with(() => console.log(wanted === 5 ? 'too many' : 'sold'));
      });
    });
    assert.equal(
      sentence,
      'I called it with ([ 3, 4, 1 ]): in its only order it prints "sold", "sold", "sold" instead of "sold", "too many", "sold".',
    );
  });
});

after(nothingLeft);
