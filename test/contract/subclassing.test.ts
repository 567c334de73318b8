// CPython's `_TestSubclassingProcess`, and what else a class that extends Process may expect, over both start methods.
import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import {
  type Connection,
  getAllStartMethods,
  getContext,
  NotParentError,
  NotSerializableError,
  Pipe,
  Process,
  type ProcessOptions,
  Queue,
} from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

const SOON = { timeout: 30_000 };

class UpperCaser extends Process {
  readonly #child: Connection<string, string | null>;
  readonly #parent: Connection<string | null, string>;

  constructor(options: ProcessOptions<never[]>) {
    super(options);
    [this.#child, this.#parent] = Pipe<string, string | null>();
  }

  override async run(): Promise<void> {
    this.#parent.close();
    for (let text = await this.#child.recv(); text !== null; text = await this.#child.recv()) {
      await this.#child.send(text.toUpperCase());
    }
    this.#child.close();
  }

  async submit(text: string): Promise<string> {
    await this.#parent.send(text);
    return await this.#parent.recv();
  }

  stop(): void {
    this.#parent.sendSync(null);
    this.#parent.close();
    this.#child.close();
  }
}

class Adder extends Process<[number, number]> {
  sum = new Queue<unknown>();
  greeting = 'hello';
  override run(): void {
    this.sum.putSync([this.greeting, this.name, this.pid === process.pid, this.isAlive(), this.exitcode]);
    super.run();
  }
}

for (const method of getAllStartMethods()) {
  describe(`a class that extends Process, by the method '${method}'`, () => {
    test('test_subclassing: its run() is what the child runs, and its fields come with it', async () => {
      const upperCaser = new UpperCaser({ daemon: true, method });
      assert.match(upperCaser.name, /^UpperCaser-\d+$/);
      upperCaser.start();
      assert.equal(await upperCaser.submit('hello'), 'HELLO');
      assert.equal(await upperCaser.submit('world'), 'WORLD');
      upperCaser.stop();
      await upperCaser.join();
      assert.equal(upperCaser.exitcode, 0);
    });

    test('may call its target by super.run()', async () => {
      const result = new Queue<number>();
      const adder = new Adder({ target: (a, b) => result.putSync(a + b), args: [2, 3], method });
      adder.greeting = 'good evening';
      adder.start();
      assert.deepEqual(await adder.sum.get(SOON), ['good evening', adder.name, true, true, null]);
      assert.equal(await result.get(SOON), 5);
      await adder.join();
    });

    test('without a run() runs its target', async () => {
      class Named extends Process {}
      const queue = new Queue<string>();
      const named = new Named({ target: () => queue.putSync('target'), name: 'Ada', method });
      named.start();
      assert.equal(await queue.get(SOON), 'target');
      await named.join();
    });

    test('may extend the Process of a context, or another class of its own', async () => {
      const queue = new Queue<string[]>();
      class Base extends getContext(method).Process {
        readonly words: string[] = [];
        override run(): void {
          queue.putSync([...this.words, this.name]);
        }
      }
      class Derived extends Base {
        override run(): void {
          this.words.push('derived');
          super.run();
        }
      }
      const child = new Derived({ name: 'D' });
      child.words.push('parent');
      child.start();
      assert.deepEqual(await queue.get(SOON), ['parent', 'derived', 'D']);
      await child.join();
      assert.deepEqual(child.words, ['parent'], 'the child has a copy');
    });

    test('what its run() throws or gives to process.exit() is its exit code', async () => {
      class Failing extends Process {
        override async run(): Promise<void> {
          process.stderr.write = () => true;
          await Promise.reject(new Error('in run'));
        }
      }
      class Leaving extends Process {
        readonly code = 7;
        override run(): void {
          process.exit(this.code);
        }
      }
      const children = [new Failing({ method }), new Leaving({ method })];
      for (const child of children) child.start();
      for (const child of children) await child.join();
      assert.deepEqual(
        children.map(({ exitcode }) => exitcode),
        [1, 7],
      );
    });

    test('may in the child do nothing that belongs to its maker', async () => {
      const queue = new Queue<string[]>();
      class Selfish extends Process {
        override run(): void {
          const calls = [() => this.start(), () => this.joinSync(), () => this.kill(), () => this.sentinel];
          queue.putSync(calls.map((call) => nameOfError(call)));
        }
      }
      const child = new Selfish({ method });
      child.start();
      assert.deepEqual(await queue.get(SOON), new Array(4).fill(NotParentError.name));
      await child.join();
    });

    test('whose field cannot travel is not started, and the field is named', () => {
      class Connected extends Process {
        readonly socket = new Socket();
        override run(): void {
          this.socket.end();
        }
      }
      const child = new Connected({ method });
      assert.throws(
        () => child.start(),
        (error: unknown) => error instanceof NotSerializableError && error.path === 'this.socket',
      );
      assert.equal(child.pid, undefined);
    });

    test('test_stderr_flush: an error that nobody catches is told whole before the child ends', async () => {
      const file = join(tmpdir(), `stderr-${method}`);
      const child = new Process({
        target: async (path: string) => {
          const { appendFileSync } = await import('node:fs');
          process.stderr.write = (text: unknown) => {
            appendFileSync(path, String(text));
            return true;
          };
          throw new RangeError('division by zero'); // MARKER
        },
        args: [file],
        method,
      });
      child.start();
      await child.join();
      const told = readFileSync(file, 'utf8');
      rmSync(file);
      assert.equal(child.exitcode, 1);
      assert.match(told, /^Process-\d+:\nRangeError: division by zero\n/);
      assert.match(told, /subclassing\.test\.(ts|js)/);
    });

    const exits: [string, () => void, number][] = [
      ['process.exit(true)', () => process.exit(true as never), 1],
      ['process.exit(8)', () => process.exit(8), 8],
      ["process.exit('8')", () => process.exit('8'), 8],
      ['process.exit(null)', () => process.exit(null), 0],
      ['process.exit()', () => process.exit(), 0],
      ['process.exitCode = 3', () => void Object.assign(process, { exitCode: 3 }), 3],
      ["process.exit('a word')", () => process.exit('a word'), 1],
      ['a thrown list', () => raise([1, 2, 3]), 1],
    ];
    for (const [what, target, exitcode] of exits) {
      test(`test_sys_exit: ${what} ends with ${exitcode}`, async () => {
        const silently = () => {
          process.stderr.write = () => true;
          target();
        };
        const child = new Process({ target: silently, daemon: true, method });
        child.start();
        await child.join();
        assert.equal(child.exitcode, exitcode);
      });
    }
  });
}

function raise(value: unknown): never {
  throw value;
}

function nameOfError(call: () => unknown): string {
  try {
    call();
    return 'nothing';
  } catch (error) {
    return (error as Error).name;
  }
}

after(nothingLeft);
