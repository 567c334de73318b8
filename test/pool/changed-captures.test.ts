// A call in a loop over what changes between the calls: the answer is always that of its moment.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { capture, type Objects } from '../../src/capture/capture';
import { decodeCaptured } from '../../src/capture/encode';
import { leavesNothing } from '../../src/capture/leaves-nothing';
import { restore } from '../../src/capture/restore/restore';
import { Pool } from '../../src/index';
import { Programs } from '../../src/pool/programs';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const ROWS = 150; // More than a few, so that those that are alike are known by that.

function makeTables() {
  const numbers = Array.from({ length: ROWS }, (_, at): unknown => at);
  const fractions = Array.from({ length: ROWS }, (_, at): unknown => at + 0.5);
  const texts = Array.from({ length: ROWS }, (_, at): unknown => `t${at}`);
  const rows = numbers.map((id): Record<PropertyKey, unknown> => ({ id, name: 'x', inner: { id } }));
  const pairs = numbers.map((id): unknown[] => [id, `n${id}`, null]);
  const byName = new Map(rows.map((row): [unknown, unknown] => [`k${row.id}`, row]));
  const set = new Set<unknown>(texts);
  return { numbers, fractions, texts, rows, pairs, byName, set };
}

type Tables = ReturnType<typeof makeTables>;

/** What a program may do to its tables, told by three numbers. */
const CHANGES: ((tables: Tables, at: number, value: unknown) => void)[] = [
  ({ numbers }, at, value) => (numbers[at] = value),
  ({ fractions }, at, value) => (fractions[at] = value),
  ({ texts }, at, value) => (texts[at] = value),
  ({ numbers }) => numbers.pop(),
  ({ numbers }, _, value) => numbers.push(value),
  ({ numbers }, at) => delete numbers[at],
  ({ numbers }, at) => (numbers.length = at + 100),
  ({ numbers }, _, value) => Object.assign(numbers, { note: value }),
  ({ texts }) => texts.reverse(),
  ({ fractions }, _, value) => Object.assign(fractions, { [Symbol.for('note')]: value }),
  ({ texts }, at) =>
    Object.defineProperty(texts, at, { get: () => 'got', configurable: true, enumerable: true }),
  ({ fractions }) => Object.freeze(fractions),
  ({ pairs }) => Object.setPrototypeOf(pairs, null),
  ({ pairs }, at, value) => ((pairs[at] as unknown[])[1] = value),
  ({ rows }, at, value) => ((rows[at] as Row).id = value),
  ({ rows }, at, value) => ((rows[at] as Row).more = value),
  ({ rows }, at) => delete (rows[at] as Row).name,
  ({ rows }, at) => delete (rows[at] as Row).inner,
  ({ rows }, at, value) => ((rows[at] as Row)[7] = value),
  ({ rows }, at, value) => ((rows[at] as Row)[Symbol.for('s')] = value),
  ({ rows }, at) => Object.freeze(rows[at]),
  ({ rows }, at) => Object.setPrototypeOf(rows[at], null),
  ({ rows }, at) => Object.defineProperty(rows[at], 'id', { enumerable: false }),
  ({ rows }, at) => Object.defineProperty(rows[at], 'id', { get: () => 'got' }),
  ({ rows }, at) => Object.defineProperty(rows[at], 3, { value: 3, configurable: true }),
  ({ rows }, at) => ((rows[at] as Row).inner = rows[(at + 1) % 100]),
  ({ rows }, at) => (rows[at] = rows[(at + 7) % 100] as Row),
  ({ rows }, at) => (rows[at] = { name: 'x', id: at, inner: { id: at } }),
  ({ rows }) => rows.sort(() => -1),
  ({ byName }, at, value) => byName.set(`k${at}`, value),
  ({ byName }, at) => byName.delete(`k${at}`),
  ({ byName }, _, value) => Object.assign(byName, { note: value }),
  ({ set }, at, value) => set.add(value).delete(`t${at}`),
  ({ set, rows }, at) => set.add(rows[at]),
];
type Row = Record<PropertyKey, unknown>;

const values = fc.oneof(
  fc.constantFrom<unknown>(0, -0, Number.NaN, 1, 0.5, '0', '', null, undefined, true, 10n, Symbol.for('v')),
  fc.constant(0).map((): unknown => ({ id: 1, name: 'x', inner: { id: 1 } })),
  fc.constant(0).map((): unknown => [1, 'n1', null]),
);
const change = fc.tuple(fc.nat(CHANGES.length - 1), fc.nat(99), values);

/** All there is to see of them, with what is hidden. */
function show(tables: Tables): string {
  return inspect(tables, { depth: 9, maxArrayLength: null, showHidden: true }) + frozen(tables);
}

function frozen({ rows, fractions }: Tables): string {
  return `${Object.isFrozen(fractions)} ${rows.map((row) => Object.isFrozen(row))}`;
}

/** What is frozen says so. */
function tryTo(tables: Tables, [which, at, value]: [number, number, unknown]): void {
  try {
    CHANGES[which]?.(tables, at, value);
  } catch (error) {
    assert.ok(error instanceof TypeError, String(error));
  }
}

test('whatever changes between two captures, the second is the one that it would be alone', () => {
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 8 }), (rounds) => {
      const tables = makeTables();
      const programs = new Programs(() => {});
      const target = () => tables;
      // What does not change for a while is known without a capture.
      for (const changes of [[], [], [], ...rounds.flatMap((round) => [round, [], []])]) {
        for (const one of changes) tryTo(tables, one);
        let list: (() => Objects) | undefined;
        const withObjects = (those: () => Objects) => {
          list = those;
        };
        const captured = capture(target, { before: programs.before(target), withObjects });
        assert.deepStrictEqual(captured, capture(target));
        const program = programs.again(target) ?? programs.take(captured, target, list);
        const there = restore(decodeCaptured(program.bytes), require) as () => Tables;
        assert.ok(show(there()) === show(tables));
        programs.drop(program);
      }
    }),
    { numRuns: Number(process.env.PARLAB_PROGRAMS ?? 40) },
  );
});

test('each call of a pool has what the tables were at the call', async () => {
  await using pool = new Pool({ processes: 1 });
  const tables = makeTables();
  const look = () => show(tables);
  const answers: Promise<string>[] = [];
  const expected: string[] = [];
  for (let which = 0; which < CHANGES.length; which++) {
    tryTo(tables, [which, which, `v${which}`]);
    for (let twice = 0; twice < 2; twice++) {
      expected.push(look());
      answers.push(pool.apply(look));
    }
  }
  const wrong = (await Promise.all(answers)).findIndex((answer, at) => answer !== expected[at]);
  assert.equal(wrong, -1, `after ${CHANGES[wrong >> 1]}`);
});

test('whatever a task does to its copy, the next one sees nothing of it', async () => {
  await using pool = new Pool({ processes: 1 });
  const tables = makeTables();
  const ownKeys = (value: object) => [
    ...Object.getOwnPropertyNames(value),
    ...Object.getOwnPropertySymbols(value),
  ];
  const tell = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return `${typeof value} ${String(value)}`;
    const inside = value instanceof Map ? [...value].flat() : value instanceof Set ? [...value] : [];
    const held = ownKeys(value).map((key) => {
      const { value: it, get, ...rest } = Object.getOwnPropertyDescriptor(value, key) ?? {};
      return `${String(key)} ${get} ${JSON.stringify(rest)} ${tell(it)}`;
    });
    return `${Array.isArray(value)} ${Object.isFrozen(value)} ${held} ${inside.map(tell)}`;
  };
  const change = (which: number, at: number) => {
    const seen = tell(tables);
    if (which >= 0) CHANGES[which]?.(tables, at, `v${which}`);
    return seen;
  };
  assert.ok(leavesNothing(capture(change)), 'else nothing is kept, and nothing could be seen');
  const right = tell(tables);
  for (let which = -1; which < CHANGES.length; which++) {
    for (const now of [which, -1, -1]) assert.ok((await pool.apply(change, [now, 7])) === right, `${which}`);
  }
});
