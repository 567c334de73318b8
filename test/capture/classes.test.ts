// Classes and their instances, run in another process.
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import test, { after, describe } from 'node:test';
import { elsewhere, stackElsewhere } from '../support/capture/elsewhere';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const unit = 'm';

class Shape {
  static made = 0;
  static #secret = 'static';
  readonly #label: string;
  name: string;
  constructor(name: string) {
    Shape.made++;
    this.name = name;
    this.#label = `<${name}>`;
  }
  get label(): string {
    return this.#label;
  }
  set label(_value: string) {
    throw new Error('read only');
  }
  static secret(): string {
    return Shape.#secret;
  }
  static tell(text: string): void {
    Shape.#secret = text;
  }
  area(): number {
    return 0;
  }
  describe(): string {
    return `${this.name} ${this.area()}${unit} ${this.#hidden()}`;
  }
  #hidden(): string {
    return `hidden ${this.#label}`;
  }
}

class Square extends Shape {
  #label = 'square’s own';
  side: number;
  log = () => `${this.name}:${this.#label}`;
  constructor(side: number, { times }: { times: number } = { times: 1 }) {
    const name = `square of ${side * times}`;
    super(name);
    this.side = side;
  }
  override area(): number {
    return this.side ** 2;
  }
  override describe(): string {
    return `${super.describe()}, ${this.#label}`;
  }
  relabel(text: string): this {
    this.#label = text;
    return this;
  }
  *[Symbol.iterator]() {
    yield this.side;
  }
}

describe('a class, used in another process,', () => {
  test('keeps inheritance, private fields, methods, getters and super', () => {
    const use = () => {
      const square = new Square(3);
      return [square.describe(), square.label, square instanceof Shape, [...square], square.log()];
    };
    const there = elsewhere(use) as unknown[];
    assert.deepEqual(there, use());
  });

  test('brings its static state as it is now, without running its initialisers again', () => {
    Shape.made = 40;
    Shape.tell('told');
    assert.deepEqual(
      elsewhere(() => [new Shape('x').name, Shape.made, Shape.secret()]),
      ['x', 41, 'told'],
    );
    assert.equal(Shape.made, 40);
  });

  test('brings its instances with their private fields, and runs no constructor', () => {
    const square = new Square(5).relabel('changed');
    const before = Shape.made;
    const use = (it: Square) => [
      it.describe(),
      it.log(),
      it.label,
      Object.keys(it),
      it instanceof Square,
      Shape.made === before,
    ];
    assert.deepEqual(elsewhere(use, square), [
      `square of 5 25${unit} hidden <square of 5>, changed`,
      'square of 5:changed',
      '<square of 5>',
      Object.keys(square),
      true,
      true,
    ]);
  });

  test('may be local, anonymous or made by a function', () => {
    // biome-ignore lint/suspicious/noExplicitAny: TypeScript demands it of a mixin
    const mixin = <Base extends new (...args: any[]) => object>(base: Base) =>
      class extends base {
        mixed() {
          return 'mixed';
        }
      };
    class Plain {
      n = 1;
    }
    const Mixed = mixin(Plain);
    const it = new Mixed();
    assert.deepEqual(
      elsewhere(() => [
        it.mixed(),
        (it as Plain).n,
        it instanceof Mixed,
        it instanceof Plain,
        Mixed.name === '',
      ]),
      ['mixed', 1, true, true, true],
    );
  });

  test('may extend what JavaScript and Node provide', () => {
    class Names extends Map<string, number> {
      total() {
        return [...this.values()].reduce((sum, n) => sum + n, 0);
      }
    }
    class TooMuch extends RangeError {
      override name = 'TooMuch';
      constructor(amount: number) {
        super(`too much: ${amount}`);
      }
    }
    class Bell extends EventEmitter {
      rings = 0;
      ring() {
        this.rings++;
        return this.emit('ring');
      }
    }
    const bell = new Bell();
    const names = new Names([
      ['a', 1],
      ['b', 2],
    ]);
    const use = () => {
      const error = new TooMuch(3);
      return [
        names.total(),
        names instanceof Map,
        error.message,
        error instanceof RangeError,
        bell.ring(),
        bell.rings,
      ];
    };
    assert.deepEqual(elsewhere(use), [3, true, 'too much: 3', true, false, 1]);
  });

  test('may be written as a function with a prototype', () => {
    function Animal(this: { name: string }, name: string) {
      this.name = name;
    }
    Animal.prototype.speak = function (this: { name: string }) {
      return `${this.name} speaks`;
    };
    const make = Animal as unknown as new (name: string) => { speak(): string };
    const rex = new make('Rex');
    assert.deepEqual(
      elsewhere((it: typeof rex) => [it.speak(), new make('Tom').speak(), it instanceof make], rex),
      ['Rex speaks', 'Tom speaks', true],
    );
  });

  test('keeps what was put on its prototype later', () => {
    class Patched {
      one() {
        return 1;
      }
    }
    const original = Patched.prototype.one;
    Patched.prototype.one = function () {
      return original.call(this) + 10;
    };
    assert.equal(
      elsewhere(() => new Patched().one()),
      11,
    );
  });

  test('has no method that was taken from it', () => {
    class Taken {
      gone() {}
      static gone() {}
      ['com' + 'puted']() {}
      stays() {}
    }
    for (const holder of [Taken, Taken.prototype] as object[]) Reflect.deleteProperty(holder, 'gone');
    Reflect.deleteProperty(Taken.prototype, 'computed');
    const use = () => [Object.getOwnPropertyNames(Taken.prototype), Object.hasOwn(Taken, 'gone')];
    assert.deepEqual(elsewhere(use), use());
  });

  test('keeps the identity of its methods', () => {
    const method = Shape.prototype.area;
    assert.equal(
      elsewhere(() => method === Shape.prototype.area),
      true,
    );
  });

  test('with a computed name from a variable keeps it', () => {
    const key = Symbol('key');
    const word = 'run';
    class Computed {
      [key]() {
        return 1;
      }
      [`${word}Now`]() {
        return 2;
      }
    }
    const it = new Computed();
    assert.deepEqual(
      elsewhere(() => [it[key](), (it as unknown as { runNow(): number }).runNow()]),
      [1, 2],
    );
  });

  test('works in structures with cycles', () => {
    class Node {
      next: Node | undefined;
      readonly #owner: Node[];
      constructor(owner: Node[]) {
        this.#owner = owner;
        owner.push(this);
      }
      get owner() {
        return this.#owner;
      }
    }
    const owner: Node[] = [];
    const [a, b] = [new Node(owner), new Node(owner)];
    a.next = b;
    b.next = a;
    assert.deepEqual(
      elsewhere((it: Node) => [it.next?.next === it, it.owner.length, it.owner[0] === it], a),
      [true, 2, true],
    );
  });

  test('keeps `this` in the arrow functions of its fields, static ones too', () => {
    class Maker {
      static readonly make = () => new this();
      n = 4;
      readonly read = () => this.n;
    }
    const maker = new Maker();
    maker.n = 9;
    assert.deepEqual(
      elsewhere(() => [Maker.make().read(), maker.read()]),
      [4, 9],
    );
  });

  test('names the original line when a method throws', () => {
    class Faulty {
      run(): never {
        throw new Error('method');
      }
    }
    assert.match(
      stackElsewhere(() => new Faulty().run()),
      /Faulty\.run .*classes\.test\.ts:\d+/,
    );
  });
});
