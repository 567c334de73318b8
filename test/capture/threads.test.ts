// Captures made inside worker threads and restored processes work as those made in the main thread.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import test, { after, describe } from 'node:test';
import { Worker } from 'node:worker_threads';
import { capture } from '../../src/capture/capture';
import { followSourceMaps } from '../../src/capture/source-maps';
import { elsewhere } from '../support/capture/elsewhere';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const inThread = `
const { workerData, parentPort } = require('node:worker_threads');
const { restore } = require(workerData.dist + '/restore.js');
const task = restore(workerData.captured, require);
Promise.resolve(task.target(...task.args)).then((value) => parentPort.postMessage(value));
`;

async function inWorker(target: (...args: never[]) => unknown, ...args: unknown[]): Promise<unknown> {
  const workerData = {
    captured: capture({ target, args }),
    dist: join(__dirname, '../../src/capture/restore'),
  };
  const worker = new Worker(inThread, { eval: true, workerData });
  try {
    const [value] = await once(worker, 'message');
    return value;
  } finally {
    await worker.terminate();
  }
}

followSourceMaps();
const lineNow = () => new Error().stack?.split('\n')[2] ?? '';
const lib = join(__dirname, '../support/capture/elsewhere');

describe('a capture', () => {
  test('is restored in a worker thread', async () => {
    let n = 2;
    const grow = () => {
      n *= 2;
    };
    const target = (by: number) => {
      grow();
      return n + by;
    };
    assert.equal(await inWorker(target, 1), 5);
  });

  test('is made in a worker thread', async () => {
    const factor = 3;
    const inner = (n: number) => n * factor;
    const target = (n: number) => {
      const again = require(lib) as typeof import('../support/capture/elsewhere');
      const plus = 100;
      return again.elsewhere((m: number) => inner(m) + plus, n);
    };
    assert.equal(await inWorker(target, 2), 106);
  });

  test('is made of functions that were restored, classes, private fields and shared variables included', () => {
    class Account {
      #balance = 10;
      deposit(n: number) {
        this.#balance += n;
        return this.#balance;
      }
    }
    const account = new Account();
    let calls = 0;
    const pay = (n: number) => {
      calls++;
      return account.deposit(n);
    };
    const target = () => {
      pay(5);
      const again = require(lib) as typeof import('../support/capture/elsewhere');
      return again.elsewhere(() => [pay(1), calls, account instanceof Account]);
    };
    assert.deepEqual(elsewhere(target), [16, 2, true]);
  });

  test('keeps lines right over two processes', () => {
    const fails = () => {
      throw new Error('twice removed');
    };
    const target = () => {
      const again = require(lib) as typeof import('../support/capture/elsewhere');
      return again.stackElsewhere(fails);
    };
    const here = Number(/threads\.test\.ts:(\d+)/.exec(lineNow())?.[1]);
    const there = Number(/threads\.test\.ts:(\d+)/.exec(elsewhere(target) as string)?.[1]);
    assert.equal(there, here - 6);
  });
});
