// A class is the same one in every process of the program, however often it travels; so are its private names.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { explore, Pool, Process, Queue } from '../../src/index';
import { notebook } from '../support/capture/cell';
import { allElsewhere } from '../support/capture/elsewhere';
import { instances } from '../support/capture/program-files';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

class NotFound extends Error {}

class Money {
  static readonly kinds = new Map<string, number>();
  static #made = 0;
  readonly #cents: number;
  constructor(cents: number) {
    if (!Number.isInteger(cents)) throw new TypeError('cents are whole');
    Money.#made++;
    this.#cents = cents;
  }
  static get made(): number {
    return Money.#made;
  }
  plus(other: Money): Money {
    return new Money(this.#cents + other.#cents);
  }
  get cents(): number {
    return this.#cents;
  }
}

class Account extends Money {
  #notes: string[] = [];
  note(text: string): this {
    this.#notes.push(text);
    return this;
  }
  get notes(): string {
    return this.#notes.join();
  }
}

class Counter {
  #n = 0;
  constructor(n = 0) {
    this.#n = n;
  }
  #next(): number {
    return ++this.#n;
  }
  get #twice(): number {
    return this.#n * 2;
  }
  count(): number[] {
    return [this.#next(), this.#twice];
  }
}

let lastTicket = 0;
class Ticket {
  readonly #n = ++lastTicket;
  isBefore(other: Ticket): boolean {
    return this.#n < other.#n;
  }
}

class Tally {
  static total = 0;
  add(n: number): number {
    Tally.total += n;
    return Tally.total;
  }
}

const makeClass = () => class Made {};
const [First, Second] = [makeClass(), makeClass()];

let rate = 1;
class Tax {
  static mode = 'a';
  of(sum: number): string {
    return `${sum * rate}${Tax.mode}`;
  }
}

function Animal(this: { name: string }, name: string) {
  this.name = name;
}
Animal.prototype.speak = function (this: { name: string }) {
  return `${this.name} speaks`;
};
const makeAnimal = Animal as unknown as new (name: string) => { speak(): string };

const kept = globalThis as { kept?: unknown };

describe('a class of the program', () => {
  let pool: Pool;
  before(() => {
    pool = new Pool({
      processes: 1,
      initializer: () => {
        kept.kept = [new Account(3).note('first'), NotFound, First, Second, new makeAnimal('Rex')];
      },
    });
  });
  after(async () => {
    await pool.terminate();
  });

  test('is that of the errors that come back', async () => {
    const failing = pool.apply(() => {
      throw new NotFound('k');
    });
    await assert.rejects(failing, (error) => error instanceof NotFound && error.constructor === NotFound);
  });

  test('is that of results, with private fields, and runs no constructor for them', async () => {
    const made = Money.made;
    const [a, b] = await pool.map((cents) => new Money(cents), [1, 2], { chunkSize: 1 });
    assert.equal(Money.made, made);
    assert.ok(a instanceof Money);
    assert.equal(a.plus(b as Money).plus(new Money(4)).cents, 7);
  });

  test('is that of results of subclasses, of private methods and accessors', async () => {
    const account = await pool.apply(() => new Account(5).note('there'));
    assert.deepEqual(
      [account instanceof Account, account.note('here').notes, account.cents],
      [true, 'there,here', 5],
    );
    const counter = await pool.apply(() => new Counter(4));
    assert.deepEqual([counter instanceof Counter, counter.count()], [true, [5, 10]]);
  });

  test('is that of results although its fields cannot be filled: they fit among each other', async () => {
    const tickets = await pool.map(() => new Ticket(), [1, 2], { chunkSize: 1 });
    const [a, b] = tickets as [Ticket, Ticket];
    assert.deepEqual([a instanceof Ticket, a.isBefore(b), lastTicket], [true, true, 0]);
  });

  test('made by a function is another each time', async () => {
    assert.deepEqual(
      await pool.map(
        (made) => [made === First, made === Second, new made() instanceof First],
        [First, Second],
      ),
      [
        [true, false, true],
        [false, true, false],
      ],
    );
    assert.equal(await pool.apply(() => Second), Second);
    const [one, other] = await pool.map(() => makeClass(), [1, 2]);
    assert.ok(one !== other && one !== First);
    assert.equal(await pool.apply((it: unknown) => it, [one]), one);
  });

  test('is the same for an initializer, for tasks and for what they keep', async () => {
    const there = await pool.apply(() => {
      const [account, error, first, second, animal] = kept.kept as [Account, ...unknown[]];
      return [
        account instanceof Account && account.note('later').notes,
        account.plus(new Money(4)).cents,
        [error === NotFound, first === First, second === Second, first === second],
        animal instanceof makeAnimal,
      ];
    });
    assert.deepEqual(there, ['first,later', 7, [true, true, true, false], true]);
  });

  test('may be a function with a prototype', async () => {
    const rex = await pool.apply(() => new makeAnimal('Rex'));
    assert.deepEqual([rex instanceof makeAnimal, rex.speak()], [true, 'Rex speaks']);
  });

  test('has in a pool what it has here when the work begins, and then its own', async () => {
    const taxed = () => pool.map((tax: Tax) => tax.of(5), [new Tax()]);
    const first = await taxed();
    rate = 2;
    Tax.mode = 'b';
    assert.deepEqual(
      [first, await taxed(), await pool.apply(() => new Tax().of(5))],
      [['5a'], ['10b'], '10b'],
    );
    const tallies = [new Tally(), new Tally(), new Tally()];
    assert.deepEqual(await pool.map((tally) => tally.add(1), tallies, { chunkSize: 1 }), [1, 2, 3]);
    assert.equal(Tally.total, 0);
  });

  for (const method of ['process', 'thread'] as const) {
    test(`is the one with which a child was started (${method}), and keeps its state there`, async () => {
      const [jobs, results] = [new Queue<Money | Tally>(), new Queue<unknown>()];
      const child = new Process({
        method,
        target: async () => {
          for (let count = 0; count < 3; count++) {
            const job = await jobs.get();
            await results.put(job instanceof Tally ? job.add(2) : job.plus(new Account(1)));
          }
        },
      });
      child.start();
      for (const job of [new Tally(), new Tally(), new Money(6)]) await jobs.put(job);
      const [two, four, money] = [await results.get(), await results.get(), (await results.get()) as Money];
      assert.deepEqual([two, four, money instanceof Money, money.plus(new Money(3)).cents], [2, 4, true, 10]);
      await child.join();
    });
  }

  test('is itself again after a queue of one process, whatever else is with it', async () => {
    const queue = new Queue<unknown[]>();
    const account = new Account(8).note('a');
    await queue.put([account, Account, { account }, new Map([[Money, account]])]);
    const [again, made, holder, map] = (await queue.get()) as [
      Account,
      typeof Account,
      { account: Account },
      Map<unknown, unknown>,
    ];
    assert.deepEqual([again.notes, again.plus(account).cents, made], ['a', 16, Account]);
    assert.ok(holder.account === again && map.get(Money) === again && again !== account);
  });

  test('of a cell is the same in later cells, until a cell declares it anew', async () => {
    const { exports, cell } = notebook();
    cell('exports.Job = class Job { #n = 1; n() { return this.#n; } }; exports.job = new exports.Job();');
    const { job: first, Job: Before } = exports;
    const back = (await pool.apply((it: unknown) => it, [first])) as { n(): number };
    assert.deepEqual([back instanceof Before, back.n()], [true, 1]);
    cell('exports.Job = class Job { #n = 2; n() { return this.#n; } }; exports.job = new exports.Job();');
    const check = cell('return (jobs) => jobs.map((it) => [it instanceof exports.Job, it.n()]);') as (
      jobs: unknown[],
    ) => unknown;
    assert.deepEqual(await pool.apply(check, [[first, exports.job]]), [
      [false, 1],
      [true, 2],
    ]);
  });
});

const programs = join(__dirname, '..', '..', '..', 'test', 'programs', 'capture');

test('a class is the same in every order that is explored', async () => {
  const found = await explore(
    async () => {
      const [jobs, results] = [new Queue<Money>(), new Queue<Money | boolean>()];
      const child = new Process({
        target: () => {
          const job = jobs.getSync();
          results.putSync(job instanceof Money);
          results.putSync(job.plus(new Money(1)));
        },
      });
      child.start();
      jobs.putSync(new Money(2));
      await child.join();
      const isMoney = results.getSync();
      const money = results.getSync() as Money;
      return [isMoney, money instanceof Money, money.plus(new Money(4)).cents];
    },
    { expect: [true, true, 7] },
  );
  assert.equal(found.failing, undefined, String(found));
  assert.ok(found.isComplete);
});

describe('a class of a module', () => {
  interface Router {
    add(path: string, route: () => string): this;
    run(path: string): string;
    size(): number;
    knows(other: object): boolean;
  }
  interface Routes {
    Router: new (name: string) => Router;
    makeTicket(n: number): { n: number };
    isTicket(value: unknown): boolean;
  }
  interface Boxes {
    Box: new (held: unknown) => { held: unknown };
    makeSecret(): object;
    isSecret(value: unknown): boolean;
  }
  const routes = require(join(programs, 'routes.cjs')) as Routes;
  const load = new Function('url', 'return import(url)') as (url: string) => Promise<Boxes>;
  let pool: Pool;
  before(() => {
    pool = new Pool({ processes: 1 });
  });
  after(async () => {
    await pool.terminate();
  });

  test('with private fields comes and goes', async () => {
    const router = new routes.Router('main').add('/', () => 'home');
    const use = (it: Router) => [it.run('/'), it.size(), it.knows(it), it instanceof routes.Router];
    assert.deepEqual(await pool.apply(use, [router]), use(router));
    assert.deepEqual(await pool.apply(() => use(router)), use(router));
    assert.equal(await pool.apply(router.size), 1);
    const back = await pool.apply(() => new routes.Router('there').add('/', () => 'away'));
    assert.deepEqual([back.run('/'), router.knows(back), back.size()], ['there away', true, 1]);
  });

  test('is the same although the module does not export it', async () => {
    const { makeTicket, isTicket } = routes;
    const back = await pool.apply(() => makeTicket(4));
    assert.deepEqual([isTicket(back), back.n], [true, 4]);
    assert.deepEqual(await pool.map((it: unknown) => isTicket(it), [back, makeTicket(1), {}]), [
      true,
      true,
      false,
    ]);
  });

  test('is the same if it is an ES module', async () => {
    const { Box, makeSecret, isSecret } = await load(pathToFileURL(join(programs, 'boxes.mjs')).href);
    const box = await pool.apply((it: { held: unknown }) => [it, it instanceof Box, it.held], [new Box('x')]);
    assert.deepEqual([(box[0] as object) instanceof Box, box[1], box[2]], [true, true, 'x']);
    assert.ok(isSecret(await pool.apply(() => makeSecret())));
    assert.equal(await pool.apply((it: unknown) => isSecret(it), [makeSecret()]), true);
  });
});

describe('a variable of a module, which another process loads anew,', () => {
  const use =
    'setMode("b"); state.n = 9; give(() => [mode, getMode(), ++state.n, inc(), LIMIT, isDone instanceof Function]);';
  const names = 'mode, getMode, setMode, state, inc, LIMIT, default: isDone';

  test('is as its functions see it, in ES modules and where a compiler writes `module.name`', async () => {
    const file = join(programs, 'state.mjs');
    const imported = `import { ${names.replace(':', ' as')} } from '${pathToFileURL(file)}'; ${use}`;
    const required = `const m = require('${file}'); ${use.replace(/\b(setMode|state|mode|getMode|inc|LIMIT)\b(?!")/g, 'm.$1').replace('isDone', 'm.default')}`;
    const targets = [
      ...(await instances('In ES modules', [imported])),
      ...(await instances('In CommonJS files', [required])),
    ];
    for (const target of targets) assert.deepEqual(allElsewhere([target]), [['a', 'a', 2, 1, 5, true]]);
  });
});

describe('a method that uses a private name', () => {
  test('travels however it is reached', async () => {
    class Door {
      #opened = 0;
      readonly ask: () => number;
      constructor() {
        this.open = this.open.bind(this);
        this.ask = () => this.#opened;
      }
      open(): number {
        return ++this.#opened;
      }
      decorated(): number {
        return this.#opened + 10;
      }
    }
    const original = Door.prototype.decorated;
    Door.prototype.decorated = function (this: Door) {
      return original.call(this) + 100;
    };
    const door = new Door();
    const { open, ask } = door;
    await using pool = new Pool({ processes: 1 });
    const use = (it: Door) => [it.open(), it.ask(), it.decorated(), it instanceof Door];
    assert.deepEqual(await pool.apply(use, [door]), [1, 1, 111, true]);
    assert.deepEqual(await pool.apply(() => [open(), ask()]), [1, 1]);
    assert.equal(await pool.apply(door.open), 1);
    assert.equal(await pool.apply(() => new Door().decorated()), 110);
  });
});
