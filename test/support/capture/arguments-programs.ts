// Programs whose functions share the `arguments` object of a call, or a parameter that stands in it too. As in
// sharing-programs.ts, each ends with give(…). What is not strict has parameters and `arguments` tied together.

export const argumentsPrograms: Record<string, string> = {
  'two functions over one arguments object': `
    function outer() { return { set: (x) => { arguments[0] = x; }, get: () => arguments[0] }; }
    const a = outer(1), b = outer(1);
    give(() => [a.set(5), a.get(), b.get(), b.set(6), a.get(), b.get()]);`,
  'a parameter, and its place in arguments': `
    function outer(x) { return { inc: () => ++x, first: () => arguments[0], put: (y) => { arguments[0] = y; }, get: () => x }; }
    const a = outer(1), b = outer(1);
    give(() => [a.inc(), a.first(), a.put(9), a.get(), b.get(), b.first(), b.inc(), a.get()]);`,
  'arguments kept under another name': `
    function outer(x, y) { const all = arguments; return { inc: () => ++x, add: () => (y += x), all: () => [...all], put: () => { all[1] = 'p'; } }; }
    const a = outer(1, 2);
    give(() => [a.inc(), a.all(), a.add(), a.all(), a.put(), a.add(), a.all()]);`,
  'arguments handed out, and functions of two calls with equal values': `
    function outer(x) { return [arguments, () => ++x, () => x]; }
    const [args, inc] = outer(1), [other, , get] = outer(1);
    give(() => [inc(), args[0], get(), other[0], (other[0] = 7), get(), args[0]]);`,
  'a parameter that got no argument': `
    function outer(x, y) { return { inc: () => [++x, (y = 5)], all: () => [arguments.length, arguments[0], arguments[1]] }; }
    const a = outer(1);
    give(() => [a.inc(), a.all()]);`,
  'more arguments than parameters, and two parameters of one name': `
    var outer; try { outer = new Function('x', 'x', 'return { inc: () => ++x, all: () => [...arguments] }'); } catch {}
    const a = outer(1, 2, 3);
    give(() => [a.inc(), a.all()]);`,
  'an argument that was deleted, frozen or made an accessor': `
    function outer(x, y, z) {
      delete arguments[0]; Object.defineProperty(arguments, 1, { writable: false });
      return { inc: () => [++x, ++y, ++z], all: () => [arguments[0], arguments[1], arguments[2], Object.keys(arguments)] };
    }
    function frozen(x) { Object.freeze(arguments); return [() => ++x, () => arguments[0]]; }
    const a = outer(1, 2, 3), f = frozen(1);
    give(() => [a.inc(), a.all(), f[0](), f[1]()]);`,
  'parameters with defaults are tied to nothing': `
    function outer(x = 1) { return { inc: () => ++x, first: () => arguments[0] }; }
    const a = outer(4);
    give(() => [a.inc(), a.first()]);`,
  'functions within arrow functions, and a function between': `
    function outer(x) { return { deep: () => () => ++arguments[0], own: () => function () { return arguments.length; }, x: () => x }; }
    const a = outer(3);
    give(() => [a.deep()(), a.x(), a.own()(1, 2), a.x()]);`,
  'what is written with arguments in it': `
    function outer() { return { same: () => ({ arguments }), spread: () => Math.max(...arguments), type: () => typeof arguments, has: () => 1 in arguments }; }
    const a = outer(3, 4);
    give(() => [a.same().arguments === a.same().arguments, a.same().arguments[0], a.spread(), a.type(), a.has()]);`,
  'arguments that are functions over their own place': `
    function outer(f) { return { call: () => arguments[0](), set: () => { f = () => 'new'; } }; }
    const a = outer(() => 'old');
    give(() => [a.call(), a.set(), a.call()]);`,
  'arguments of a method, a constructor and a generator': `
    const o = { m(x) { return [() => ++x, () => arguments[0]]; } };
    class C { constructor(x) { this.inc = () => ++arguments[0]; this.get = () => [x, arguments[0]]; } }
    const [inc, first] = o.m(1), c = new C(1), [gen] = [...(function* (x) { yield () => [++x, arguments[0]]; })(1)];
    give(() => [inc(), first(), c.inc(), c.get(), gen()]);`,
  'a variable and a parameter that are called arguments': `
    var byName; try { byName = new Function('arguments', 'return [() => arguments, () => (arguments = 2)]'); } catch {}
    const [get, set] = byName(1);
    give(() => [get(), set(), get()]);`,
  'arguments that hold themselves': `
    function outer(x) { arguments[0] = arguments; return [() => arguments[0] === arguments, () => x === arguments]; }
    const [one, two] = outer(1);
    give(() => [one(), two()]);`,
};
