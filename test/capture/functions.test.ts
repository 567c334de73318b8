// What functions of an ordinary program close over, run in another process.
import assert from 'node:assert/strict';
import * as os from 'node:os';
import { basename } from 'node:path';
import test, { after, describe } from 'node:test';
import * as acorn from 'acorn';
import { elsewhere, stackElsewhere } from '../support/capture/elsewhere';
import { registry, twice } from '../support/capture/local-module';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

let total = 0;
const add = (n: number) => {
  total += n;
};

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

function counter() {
  let n = 0;
  return { inc: () => ++n, get: () => n };
}

describe('a function, run in another process,', () => {
  test('returns what it returns here', () => {
    assert.equal(
      elsewhere((a: number, b: number) => a + b, 2, 3),
      5,
    );
  });

  test('may be recursive', () => {
    assert.equal(elsewhere(factorial, 5), 120);
  });

  test('may be asynchronous', () => {
    const wait = async (ms: number) => new Promise((resolve) => setTimeout(resolve, ms, 'done'));
    assert.equal(
      elsewhere(async () => await wait(1)),
      'done',
    );
  });

  test('may be a generator', () => {
    function* upTo(n: number) {
      for (let i = 0; i < n; i++) yield i;
    }
    async function* later(n: number) {
      yield* upTo(n);
    }
    const collect = async () => {
      const found: number[] = [];
      for await (const i of later(3)) found.push(i);
      return [found, [...upTo(2)]];
    };
    assert.deepEqual(elsewhere(collect), [
      [0, 1, 2],
      [0, 1],
    ]);
  });

  test('uses imported packages, builtin modules and local modules', () => {
    const use = () => [
      typeof os.cpus,
      basename('a/b'),
      acorn.parse('1', { ecmaVersion: 2020 }).type,
      twice(4),
    ];
    assert.deepEqual(elsewhere(use), ['function', 'b', 'Program', 8]);
  });

  test('travels itself, though it was put into a module that the other process loads anew', () => {
    registry.lent = (n) => n + 1;
    const { lent } = registry;
    assert.equal(elsewhere(lent, 1), 2);
  });

  test('shares a variable of its file with another that assigns to it', () => {
    const both = () => {
      add(2);
      add(3);
      return total;
    };
    assert.equal(elsewhere(both), 5);
    assert.equal(total, 0, 'the parent keeps its own');
  });

  test('shares a local variable with the functions beside it', () => {
    const c = counter();
    c.inc();
    const use = () => [c.inc(), c.inc(), c.get()];
    assert.deepEqual(elsewhere(use), [2, 3, 3]);
    assert.equal(c.get(), 1);
  });

  test('keeps two counters of one factory apart', () => {
    const [a, b] = [counter(), counter()];
    const use = () => [a.inc(), a.inc(), a.get(), b.get(), b.inc()];
    assert.deepEqual(elsewhere(use), [1, 2, 2, 0, 1]);
  });

  test('shares what an assigned variable is in destructuring, shorthand, calls and updates', () => {
    let n = 1;
    let call = () => 'first';
    const change = () => {
      ({ n } = { n: n + 1 });
      [n] = [n * 10];
      n++;
      call = () => 'second';
    };
    const read = () => ({ n, said: call(), kind: typeof n });
    const use = () => {
      change();
      return read();
    };
    assert.deepEqual(elsewhere(use), { n: 21, said: 'second', kind: 'number' });
  });

  test('tells scopes apart where a variable is named $scope', () => {
    const make = () => {
      const $scope = Symbol('scope');
      let n = 0;
      return [() => [++n, $scope], () => [n, $scope]] as const;
    };
    const [[inc1], [, get2]] = [make(), make()];
    const [inc3, get3] = make();
    const use = () => [inc1()[0], get2()[0], inc3()[0], get3()[0]];
    assert.deepEqual(elsewhere(use), [1, 0, 1, 1]);
  });

  test('may be bound', () => {
    function greet(this: { name: string }, greeting: string, mark: string) {
      return `${greeting} ${this.name}${mark}`;
    }
    assert.equal(elsewhere(greet.bind({ name: 'Ada' }, 'Hello'), '!'), 'Hello Ada!');
  });

  test('keeps its name, its own properties and its default arguments', () => {
    const step = 3;
    const tagged = Object.assign((n: number, by = step) => n + by, { label: 'adds' });
    assert.deepEqual(
      elsewhere((f: typeof tagged) => [f(1), f.label, f.name, f.length], tagged),
      [4, 'adds', '', 1],
    );
    const named = (n: number) => n;
    assert.equal(
      elsewhere((f: typeof named) => f.name, named),
      'named',
    );
  });

  test('sees the `arguments` of the function around an arrow function', () => {
    function outer(..._args: number[]) {
      // biome-ignore lint/complexity/noArguments: this is what is tested
      return () => Array.from(arguments);
    }
    assert.deepEqual(elsewhere(outer(1, 2)), [1, 2]);
  });

  test('imports dynamically, relative to its own file', async () => {
    // Hidden from the compiler, which would resolve it at build time.
    const load = () => import('../support/capture/local-module.js').then((m) => (m.default ?? m).twice(21));
    assert.equal(elsewhere(load), 42);
  });

  test('keeps the identity of what two of them close over', () => {
    const shared = { list: [1] };
    const push = () => shared.list.push(2);
    const use = (other: typeof shared) => {
      push();
      return [shared === other, shared.list];
    };
    assert.deepEqual(elsewhere(use, shared), [true, [1, 2]]);
  });

  test('may be an object’s method, with getters, super and computed names', () => {
    const base = {
      hello() {
        return 'base';
      },
    };
    const key = 'computed';
    const object = {
      __proto__: base,
      hello() {
        return `${super.hello()}+own`;
      },
      get size() {
        return 7;
      },
      [key]() {
        return key;
      },
      async *[Symbol.asyncIterator]() {
        yield 1;
      },
    } as unknown as {
      hello(): string;
      size: number;
      computed(): string;
      [Symbol.asyncIterator](): AsyncGenerator<number>;
    };
    const use = async () => {
      const all: number[] = [];
      for await (const one of object) all.push(one);
      return [object.hello(), object.size, object.computed(), all];
    };
    assert.deepEqual(elsewhere(use), ['base+own', 7, 'computed', [1]]);
  });

  test('gives stack traces that name the original lines', () => {
    const inner = () => {
      throw new RangeError('too far');
    };
    function outer() {
      inner();
    }
    const here = new Error().stack?.match(/functions\.test\.[jt]s:(\d+)/)?.[1];
    const stack = stackElsewhere(outer);
    assert.match(stack, /RangeError: too far/);
    // The compiled test has a map beside it, so the lines are those of the TypeScript.
    const lines = [...stack.matchAll(/functions\.test\.ts:(\d+)/g)].map((match) => Number(match[1]));
    assert.equal(lines.length, 2, stack);
    assert.ok(here !== undefined);
    assert.equal((lines[1] as number) - (lines[0] as number), 3, stack);
  });
});
