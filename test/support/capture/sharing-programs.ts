// Programs whose functions share variables, or have variables of one name that they do not share: each ends with give(…),
// a function that calls them. What it returns where it was made is right.

export const sharingPrograms: Record<string, string> = {
  'two accounts of one factory': `
    const account = (bal) => ({ deposit: (x) => { bal += x; return bal; }, balance: () => bal });
    const alice = account(100), bob = account(100);
    const { deposit } = alice, { balance } = bob;
    give(() => [deposit(50), balance(), alice.balance()]);`,
  'a variable of the file, in functions that a callback makes': `
    let total = 0; const fs = [1, 2].map(() => () => ++total);
    give(() => [fs[0](), fs[1](), total]);`,
  'a block inside a factory': `
    const mk = () => { let n = 0; { const step = 1; return () => (n += step); } };
    const x = mk(), y = mk();
    give(() => [x(), y(), x()]);`,
  'one counter with two ends': `
    const mk = () => { let n = 0; return { inc: () => ++n, get: () => n }; };
    const a = mk(), b = mk();
    give(() => [a.inc(), a.inc(), a.get(), b.get(), b.inc()]);`,
  'ids from two generators of ids': `
    function ids(prefix) { let next = 1; return () => prefix + next++; }
    const one = ids('a'), two = ids('a');
    give(() => [one(), one(), two()]);`,
  once: `
    const once = (f) => { let done = false, value; return () => (done ? value : ((done = true), (value = f()))); };
    let calls = 0; const f = () => ++calls; const one = once(f), two = once(f);
    give(() => [one(), one(), two(), two(), calls]);`,
  'listeners made in a loop, over one variable': `
    let heard = 0; const listeners = [];
    for (const name of ['a', 'b', 'c']) listeners.push(() => name + ++heard);
    give(() => listeners.map((listen) => listen()));`,
  'each turn of a loop': `
    const fs = []; for (let i = 0; i < 3; i++) { fs.push(() => ++i); fs.push(() => i); }
    give(() => [fs[0](), fs[1](), fs[2](), fs[3](), fs[0](), fs[5]()]);`,
  'each turn of a loop, with values that are equal': `
    const fs = []; for (const _ of [1, 2]) { let n = 0; fs.push({ inc: () => ++n, get: () => n }); }
    give(() => [fs[0].inc(), fs[1].get(), fs[1].inc(), fs[0].get()]);`,
  'what stands in the head of a loop': `
    const fs = []; for (let i = 0, get = () => i; i < 2; i++) fs.push(() => [++i, get()]);
    give(() => [fs[0](), fs[1](), fs[0]()]);`,
  'a loop around var': `
    const fs = []; (function () { for (var i = 0; i < 2; i++) fs.push(() => ++i); })();
    give(() => [fs[0](), fs[1]()]);`,
  'while, with a variable of each turn': `
    const fs = []; let k = 0; while (k++ < 2) { let n = 5; fs.push(() => n--, () => n); }
    give(() => [fs[0](), fs[1](), fs[3](), k]);`,
  'try and catch': `
    const mk = () => { try { throw 1; } catch (e) { let n = 0; return [() => (e += ++n), () => [e, n]]; } };
    const [a] = mk(), [, b] = mk();
    give(() => [a(), a(), b()]);`,
  'if and else': `
    const mk = (yes) => { if (yes) { let n = 0; return [() => ++n, () => n]; } else { let n = 0; return [() => --n, () => n]; } };
    const a = mk(true), b = mk(false), c = mk(true);
    give(() => [a[0](), b[0](), a[1](), b[1](), c[1]()]);`,
  switch: `
    const mk = (k) => { switch (k) { case 1: let n = 0; return [() => ++n, () => n]; } };
    const a = mk(1), b = mk(1);
    give(() => [a[0](), b[1](), a[1]()]);`,
  'methods of an object literal': `
    const mk = () => { let n = 0; return { inc() { return ++n; }, get value() { return n; }, set value(x) { n = x; } }; };
    const a = mk(), b = mk();
    give(() => { b.value = 7; return [a.inc(), b.value, b.inc(), a.value]; });`,
  'a class made by a function, with state beside it': `
    const mk = () => { let made = 0; class A { constructor() { this.id = ++made; } static get made() { return made; } } return A; };
    const A = mk(), B = mk();
    give(() => [new A().id, new A().id, new B().id, A.made, B.made]);`,
  'a static block': `
    let get, inc; class A { static { let n = 3; inc = () => ++n; get = () => n; } }
    give(() => [inc(), get(), A.name]);`,
  generators: `
    const mk = () => { let n = 0; return { *up() { while (n < 3) yield ++n; }, get: () => n }; };
    const a = mk(), b = mk();
    give(() => [[...a.up()], a.get(), b.get()]);`,
  'asynchronous functions': `
    const mk = () => { let n = 0; return { inc: async () => { await null; return ++n; }, get: async () => n }; };
    const a = mk(), b = mk();
    give(async () => [await a.inc(), await a.inc(), await b.get(), await b.inc(), await a.get()]);`,
  'a variable named $scope': `
    const $scope = { name: 'mine' };
    const mk = ($scope) => { let n = 0; return [() => [++n, $scope.name], () => [n, $scope.name]]; };
    const a = mk($scope), b = mk($scope);
    give(() => [a[0](), b[1](), b[0](), a[1]()]);`,
  'parameters that are assigned': `
    const mk = (n = 0, { step } = { step: 2 }) => [() => (n += step), () => n, () => (step *= 2)];
    const a = mk(), b = mk();
    give(() => [a[0](), b[1](), a[2](), a[0](), b[0]()]);`,
  'a memory of what was computed': `
    const memo = (f) => { let last, hits = 0; return { call: (x) => (last === x ? ++hits : ((last = x), f(x))), hits: () => hits }; };
    const f = (x) => x * 10; const a = memo(f), b = memo(f);
    give(() => [a.call(1), a.call(1), a.hits(), b.call(1), b.hits()]);`,
  'a factory within a factory': `
    const outer = () => { let all = 0; return () => { let mine = 0; return () => [++all, ++mine]; }; };
    const o1 = outer(), o2 = outer(); const [a, b, c] = [o1(), o1(), o2()];
    give(() => [a(), b(), c(), a()]);`,
  recursion: `
    const make = (depth) => { let n = 0; const mine = [() => ++n, () => n]; return depth === 0 ? [mine] : [mine, ...make(depth - 1)]; };
    const all = make(2);
    give(() => [all[0][0](), all[1][1](), all[2][0](), all[0][1]()]);`,
  'a block of the file': `
    let pair; { let n = 0; pair = [() => ++n, () => n]; }
    let other; { let n = 0; other = [() => ++n, () => n]; }
    give(() => [pair[0](), pair[1](), other[1](), other[0]()]);`,
  'a function of many variables': `
    const mk = () => { ${Array.from({ length: 90 }, (_, i) => `let v${i} = ${i};`).join(' ')}
      return [() => ++v40 + v89, () => [${Array.from({ length: 90 }, (_, i) => `v${i}`).join(', ')}]]; };
    const a = mk(), b = mk();
    give(() => [a[0](), a[1]()[40], b[1]()[40]]);`,
  'a method with the name of a variable around it': `
    const mk = () => { let count = 0; return { count() { const f = () => { this.seen = true; return ++count; }; return f; }, get: () => count }; };
    const a = mk(), b = mk(); const f = a.count(), g = b.count();
    give(() => [f(), f(), g(), a.get(), b.get()]);`,
  'functions of one place, of which a value of the scope tells': `
    const mk = () => { let n = 0; const own = []; return [() => own.push(++n), () => [n, own.length]]; };
    const a = mk(), b = mk();
    give(() => [a[0](), a[1](), b[1]()]);`,
  'a timer that is told by a flag': `
    function throttle(f) { let busy = false; return { go: () => (busy ? 'busy' : ((busy = true), f())), free: () => { busy = false; } }; }
    const f = () => 'ran'; const a = throttle(f), b = throttle(f);
    give(() => [a.go(), a.go(), b.go(), a.free(), a.go()]);`,
};

/** Arrow functions with the \`this\`, \`arguments\` and \`new.target\` of the function around them. */
export const thisPrograms: Record<string, string> = {
  'an arrow function made in a method': `
    class A { n = 1; later() { return () => ++this.n; } }
    const a = new A(), b = new A(); const f = a.later(), g = b.later(), h = a.later();
    give(() => [f(), f(), g(), h(), a.n, b.n]);`,
  'one that a constructor keeps': `
    class A { constructor(x) { this.x = x; this.get = () => this.x; } }
    const { get } = new A(5); const b = new A(6);
    give(() => [get(), b.get()]);`,
  'listeners with this': `
    class Emitter { constructor() { this.fs = []; } on(f) { this.fs.push(f); } emit(v) { return this.fs.map((f) => f(v)); } }
    class Sum extends Emitter { constructor() { super(); this.n = 0; this.on((v) => { this.n += v; return this.n; }); } }
    const a = new Sum(), b = new Sum();
    give(() => [a.emit(2), a.emit(3), b.emit(1)]);`,
  'fields with arrow functions, in lists and objects': `
    class A { n = 0; one = () => ++this.n; more = [() => ++this.n, { get: () => this.n }]; }
    const a = new A(); const { one, more } = a;
    give(() => [one(), more[0](), more[1].get(), a.n]);`,
  'a field with its name from elsewhere': `
    class A { n = 1; f = () => this.n; } const a = new A(), b = new A(); b.n = 2; const c = { f: a.f };
    give(() => [c.f(), b.f()]);`,
  'a function that is called without this, in a method': `
    class A { m() { function helper() { return () => typeof this; } return [helper(), () => this === undefined ? 'none' : 'some']; } }
    const [f, g] = new A().m();
    give(() => [f(), g()]);`,
  'a function that is called without this, whose this is the global object or nothing': `
    function outer() { return () => (this === undefined ? 'none' : this === globalThis ? 'global' : 'other'); } const f = outer();
    give(() => f());`,
  'what compilers make of async': `
    var __awaiter = function (thisArg, _arguments, P, generator) { return Promise.resolve(generator.apply(thisArg, _arguments || []).next().value); };
    function main() { return () => __awaiter(this, void 0, void 0, function* () { return 'hi'; }); }
    function other() { return () => __awaiter(this, void 0, void 0, function* () { return typeof this; }); }
    const f = main.call(undefined), g = other.call({ a: 1 });
    give(async () => [await f(), await g()]);`,
  'a plain object': `
    const o = { n: 0, mk() { return { inc: () => ++this.n, get: () => this.n }; } };
    const { inc, get } = o.mk();
    give(() => [inc(), inc(), get(), o.n]);`,
  'arrow functions within arrow functions': `
    class A { n = 2; m() { return () => () => { const f = () => this.n++; f(); return this.n; }; } }
    const f = new A().m();
    give(() => [f()(), f()()]);`,
  'a static block and static fields': `
    let f; class A { static n = 4; static { f = () => ++this.n; } static g = () => this.n; } const g = A.g;
    give(() => [f(), g(), A.n]);`,
  'the arguments of the function around': `
    function outer() { return [() => arguments.length, () => arguments[0]]; } const [n, first] = outer('a', 'b');
    give(() => [n(), first()]);`,
  'this and a variable that is shared': `
    class A { k = 10; mk() { let n = 0; return [() => (this.k += ++n), () => [n, this.k]]; } }
    const a = new A(); const [inc] = a.mk(), [, get] = a.mk(), [inc2, get2] = a.mk();
    give(() => [inc(), get(), inc2(), get2(), a.k]);`,
};

/** What most programs are: for these the text of the program is enough. */
export const commonPrograms: Record<string, string> = {
  'a variable of the file': `
    let total = 0; function add(n) { total += n; } const read = () => total;
    give(() => { add(2); add(3); return [total, read()]; });`,
  'a variable of main, with a function beside the target': `
    async function main() { let count = 0; const log = () => ++count; give(() => { log(); log(); return count; }); }
    main();`,
  'a function declared in main': `
    function main() { let seen = 0; function see() { seen++; } give(() => { see(); return seen; }); }
    main();`,
  'values that nobody assigns': `
    const make = (factor) => (x) => x * factor; const [two, three] = [make(2), make(2)];
    give(() => [two(1), three(2)]);`,
  'two counters of one factory': `
    const counter = () => { let n = 0; return () => ++n; }; const [a, b] = [counter(), counter()];
    give(() => [a(), a(), b()]);`,
  'a field of a class': `
    class Button { clicks = 0; onClick = () => ++this.clicks; } const button = new Button();
    give(() => [button.onClick(), button.clicks]);`,
  'async as compilers write it': `
    var __awaiter = function (thisArg, _arguments, P, generator) { return Promise.resolve(generator.apply(thisArg, _arguments || []).next().value); };
    function main() { return __awaiter(this, void 0, void 0, function* () { give(() => __awaiter(this, void 0, void 0, function* () { return 'hi'; })); }); }
    main();`,
};
