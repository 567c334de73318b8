// What cannot travel is refused before anything is started, with its path and its variable.
import assert from 'node:assert/strict';
import { createServer, Socket } from 'node:net';
import { Readable } from 'node:stream';
import test, { after, describe } from 'node:test';
import { Worker } from 'node:worker_threads';
import { capture } from '../../src/capture/capture';
import { NotSerializableError } from '../../src/errors';
import { notebook } from '../support/capture/cell';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

function refusal(value: unknown, root?: string): NotSerializableError {
  try {
    capture(value, root === undefined ? {} : { root });
  } catch (error) {
    assert.ok(error instanceof NotSerializableError, String((error as Error).stack));
    return error;
  }
  throw new Error('It was captured.');
}

const socket = new Socket();

describe('what cannot travel is refused:', () => {
  test('a socket in an argument, by its path', () => {
    const error = refusal({ target: () => {}, args: [1, { socket }] });
    assert.equal(error.path, 'args[1].socket');
    assert.equal(error.variable, 'socket');
    assert.equal(error.code, 'not-serializable');
    assert.match(error.message, /^args\[1\]\.socket cannot travel to another process: it is a Socket/);
  });

  test('a socket that a function closes over, by the way there', () => {
    const connection = { deep: [socket] };
    const helper = () => connection.deep[0]?.end();
    const error = refusal({ target: () => helper(), args: [] });
    assert.equal(error.path, 'target → helper → connection.deep[0]');
    assert.equal(error.variable, 'connection');
  });

  test('a socket in a variable of a notebook', () => {
    const { exports, cell } = notebook();
    cell("exports.socket = new (require('node:net').Socket)(); exports.use = () => exports.socket.end();");
    const error = refusal({ target: exports.use, args: [] });
    assert.equal(error.path, 'target → socket');
    assert.equal(error.variable, 'socket');
  });

  test('a message of a queue, called by the name that the queue gives it', () => {
    assert.equal(refusal({ socket }, 'message').path, 'message.socket');
    assert.equal(refusal(socket, 'message').path, 'message');
  });

  test('a value inside a Map, a Set, an array', () => {
    assert.equal(refusal({ args: [new Map([['s', socket]])] }).path, 'args[0][s]');
    assert.equal(refusal({ args: [[new Set([socket])]] }).path, 'args[0][0][0]');
  });

  test('a private field', () => {
    class Holder {
      readonly #inner = socket;
      get inner() {
        return this.#inner;
      }
    }
    assert.equal(refusal({ args: [new Holder()] }).path, 'args[0].#inner');
  });

  const things: [string, () => unknown, RegExp][] = [
    ['a Promise', () => Promise.resolve(1), /Await it first/],
    ['a WeakMap', () => new WeakMap(), /it is a WeakMap/],
    ['a WeakRef', () => new WeakRef({}), /it is a WeakRef/],
    ['a server', () => createServer(), /it is a Server/],
    ['a stream', () => Readable.from([]), /it is a Readable/],
    ['a Proxy', () => new Proxy({}, {}), /it is a Proxy/],
    ['a generator that runs', () => [].values(), /iterator|Iterator/],
    ['a SharedArrayBuffer', () => new Int32Array(new SharedArrayBuffer(8)), /SharedArrayBuffer/],
    ['an AbortSignal', () => new AbortController().signal, /AbortSignal/],
    ['a timer', () => setTimeout(() => {}, 0).unref(), /Timeout|inside of Node/],
    [
      'a native function',
      () => Promise.withResolvers?.().resolve ?? new Intl.NumberFormat().format,
      /native function/,
    ],
  ];
  for (const [name, make, sentence] of things) {
    test(name, () => {
      const error = refusal({ args: [make()] });
      assert.match(error.path, /^args\[0\]/);
      assert.match(error.message, sentence);
    });
  }

  test('a worker thread', async () => {
    const worker = new Worker('', { eval: true });
    assert.match(refusal({ args: [worker] }).message, /it is a Worker/);
    await worker.terminate();
  });

  test('an arrow function whose `this` is a number, with what to write instead', () => {
    function task(this: number) {
      return () => this + 1;
    }
    const error = refusal({ target: task.call(5), args: [] });
    assert.equal(error.path, 'target');
    assert.match(error.message, /const self = this/);
  });

  test('a function that calls eval', () => {
    const f = new Function('return eval("1")') as () => number;
    assert.match(refusal({ target: f, args: [] }).message, /calls eval/);
  });

  test('a method that says super, without its object', () => {
    const it = {
      toString() {
        return super.toString();
      },
    };
    const taken = it.toString;
    const target = () => taken.call(1);
    assert.match(refusal({ target, args: [] }).message, /super/);
  });

  test('and nothing of the program is run for it', () => {
    let runs = 0;
    const trap = {
      get value() {
        return runs++;
      },
      toJSON() {
        runs++;
      },
      valueOf() {
        return runs++;
      },
      [Symbol.toPrimitive]() {
        return runs++;
      },
      socket,
    };
    refusal({ target: () => trap, args: [trap] });
    assert.equal(runs, 0);
  });
});
