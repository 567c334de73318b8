// Each way to read what is on globalThis that says the name, within the function that a child runs.
// biome-ignore-all lint/complexity/useLiteralKeys: these are ways to read
// biome-ignore-all lint/suspicious/noShadowRestrictedNames: that too is written
// biome-ignore-all lint/style/useConst: assigned on purpose
const { Process, Queue } = require('parlab');

globalThis.cfg = { n: 1 };
globalThis.more = 2;
globalThis['odd-name'] = 3;
globalThis.readLater = ({ cfg } = globalThis, n = globalThis.more) => [cfg.n, n];

const reads = {
  declared() {
    const { cfg } = globalThis;
    return cfg.n;
  },
  renamed() {
    const { cfg: renamed = 1, nobody: otherwise = 7 } = globalThis;
    return [renamed.n, otherwise];
  },
  besideOwn() {
    const { cfg, setTimeout: later, more } = globalThis;
    return [cfg.n, later === setTimeout, more];
  },
  assigned() {
    let cfg;
    ({ cfg } = globalThis);
    return cfg.n;
  },
  nested: () => {
    const {
      cfg: { n },
      ['odd-name']: odd = 'computed',
    } = global;
    return [n, odd];
  },
  byText: () => [globalThis['cfg'].n, globalThis?.['cfg']?.n, globalThis[`more`], globalThis['odd-name']],
  // biome-ignore format: the parentheses are what is tested
  inParentheses: () => (globalThis).cfg.n + (globalThis)['more'],
  isThere: () => ['cfg' in globalThis, 'nobody' in globalThis, Object.hasOwn(globalThis, 'more')],
  reflected: () => [Reflect.get(globalThis, 'cfg').n, Reflect.has(global, 'cfg'), Reflect.has(global, 'not')],
  defaults: ({ cfg: { n } } = globalThis, { more } = global) => [n, more],
  viaAnother: () => readLater(),
  alias() {
    const everything = globalThis;
    const { more } = everything;
    const inner = () => everything.cfg.n;
    everything.cfg.n++;
    return [everything['more'], more, inner(), 'cfg' in everything];
  },
  written() {
    globalThis['more'] = 5;
    const { more } = globalThis;
    return [more, globalThis.more, globalThis['more']++, global.more];
  },
  // What is not the program's own globalThis.
  ofVariableAround: (() => {
    const global = { more: 'around' };
    return () => [global.more, global['more']];
  })(),
  ofAnother() {
    const given = (globalThis) => globalThis.more;
    let changed = globalThis;
    changed = { more: 'mine' };
    const Reflect = { get: (object, name) => [typeof object, name] };
    return [given({ more: 'theirs' }), changed.more, Reflect.get(globalThis, 'more')];
  },
};

const answers = new Queue();

async function main() {
  const child = new Process({
    target: () => answers.putSync(Object.entries(reads).map(([name, read]) => [name, read()])),
  });
  child.start();
  await child.join();
  console.log(JSON.stringify(Object.fromEntries(await answers.get())));
}

void main();
