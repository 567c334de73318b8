// Which functions can leave nothing behind where they have run: in doubt, one can.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { capture } from '../../src/capture/capture';
import { leavesNothing } from '../../src/capture/leaves-nothing';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

declare let saved: unknown;
declare const keep: { it: unknown };

const table: unknown[] = [1];
const help = (at: number) => table[at];
let counted = 0;

const LEAVES_NOTHING: ((at: number) => unknown)[] = [
  (at) => table[at],
  (at) => help(at),
  (at) => [table, ++counted, at],
  (at) => table.push(at),
  (at) => new Map([[at, Math.PI * Math.max(at, 1)]]).get(at),
  (at) => JSON.stringify(table.map((item) => ({ item, at, is: item instanceof Map }))),
  function* walk(at) {
    yield table[at];
  },
  (at) => {
    const own: Record<string, unknown> = {};
    own.table = table;
    for (const item of table) own[String(item)] = at;
    console.log(own, Number.MAX_SAFE_INTEGER, Date.now(), undefined);
  },
];

const MAY_LEAVE: ((this: unknown, at: number) => unknown)[] = [
  () => (saved = table),
  () => (keep.it = table),
  () => Object.assign(globalThis, { table }),
  () => Object.assign(Math, { table }),
  () => Object.assign((Math as unknown as { table: unknown }).table ?? Array, { table }),
  () => ((Math as unknown as { table: unknown }).table = table),
  () => ((Math as unknown as { TABLE: unknown }).TABLE = table),
  () => ((Array.prototype as unknown as { table: unknown }).table = table),
  // biome-ignore lint/suspicious/noProto: one way to get there
  () => (([] as unknown as { __proto__: { table: unknown } }).__proto__.table = table),
  () => ((table.constructor as unknown as { table: unknown }).table = table),
  // biome-ignore lint/complexity/useLiteralKeys: another way to write it
  () => ([] as unknown as Record<string, { table: unknown }>)['constructor']?.table ?? table,
  () => {
    const { constructor: list } = table;
    Object.assign(list, { table });
  },
  () => {
    // biome-ignore lint/complexity/useLiteralKeys: another way to write it
    const { ['constructor']: list } = table;
    Object.assign(list, { table });
  },
  () => Object.getPrototypeOf(table),
  () => {
    const list = Array;
    Object.assign(list, { table });
  },
  function (this: unknown) {
    Object.assign(this as object, { table });
  },
  () => setTimeout(() => table.pop(), 10),
  () => Promise.resolve().then(() => table.pop()),
  async () => table,
  () => process.on('exit', () => table),
  () => new Function('return table'),
  () => require('node:os'),
  () => import('node:os'),
  () => assert.ok(table),
  () => {
    class Keeper {
      kept = table;
    }
    return new Keeper();
  },
];

test('what only uses its own things and JavaScript leaves nothing', () => {
  for (const target of LEAVES_NOTHING) assert.ok(leavesNothing(capture(target)), String(target));
});

test('what can reach anything that stays may leave something', () => {
  for (const target of MAY_LEAVE) assert.ok(!leavesNothing(capture(target)), String(target));
});
