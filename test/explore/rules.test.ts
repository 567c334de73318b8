// What each operation does to the thing it is done to, as tables: value before, operation → value after,
// result; 'waits' where it would have to wait.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { machines } from '../../src/explore/machines';
import { partiesOf } from '../../src/explore/machines/barrier';
import { pipeBetween } from '../../src/explore/machines/pipe';
import { contents } from '../../src/explore/machines/queue';
import { permits } from '../../src/explore/machines/semaphore';
import type { Plain } from '../../src/explore/operations';

interface Case {
  readonly machine: string;
  readonly before: unknown;
  readonly kind: string;
  readonly args?: readonly Plain[];
  readonly dead?: readonly string[];
  readonly timeoutMs?: number;
  readonly after?: unknown;
  readonly result?: Plain;
  readonly waits?: true;
}

const ME = '1';
const reason = (error: string, ...args: Plain[]): Plain => ({ error, args });
const of = (machine: string, ...cases: Omit<Case, 'machine'>[]): Case[] =>
  cases.map((each) => ({ machine, ...each }));

const cases: Case[] = [
  ...of(
    'lock',
    { before: null, kind: 'acquire', after: ME, result: true },
    { before: '2', kind: 'acquire', waits: true },
    { before: ME, kind: 'acquire', waits: true },
    {
      before: '2',
      kind: 'acquire',
      dead: ['2'],
      after: null,
      result: reason('LockOwnerDiedError', 'name of 2', 0, { exitcode: 3, lock: 'Lock-1' }),
    },
    { before: '2', kind: 'acquire', args: ['continue'], dead: ['2'], after: ME, result: true },
    {
      before: 'outside',
      kind: 'acquire',
      after: 'outside',
      result: reason(
        'ExplorationError',
        'Lock-1 is held by a process that takes no part in what is explored, or that has ended: release it before, or make it anew.',
      ),
    },
    { before: '2', kind: 'release', after: null },
    { before: null, kind: 'release', after: null, result: reason('NotHeldError', 'Lock') },
    { before: '', kind: 'locked', after: '', result: true },
    { before: ME, kind: 'owner', after: ME, result: 'me' },
    { before: '2', kind: 'owner', after: '2', result: 'another process' },
  ),
  ...of(
    'semaphore',
    { before: permits(1), kind: 'acquire', after: [0, 2147483647, false, [ME, 1]], result: true },
    { before: permits(0), kind: 'acquire', waits: true },
    {
      before: [0, 9, false, ['2', 1]],
      kind: 'acquire',
      dead: ['2'],
      after: [0, 9, false, [ME, 1]],
      result: true,
    },
    { before: [0, 9, true, ['2', 1]], kind: 'acquire', dead: ['2'], waits: true },
    { before: [0, 1, false, [ME, 1]], kind: 'release', args: [1], after: [1, 1, false] },
    { before: [0, 9, false], kind: 'release', args: [2], after: [2, 9, true] },
    {
      before: [1, 1, false],
      kind: 'release',
      args: [1],
      after: [1, 1, false],
      result: reason('ReleasedTooOftenError', 1),
    },
    { before: [0, 9, false, ['2', 2]], kind: 'getValue', dead: ['2'], after: [2, 9, false], result: 2 },
  ),
  ...of(
    'event',
    { before: 0, kind: 'look', after: 0, result: 0 },
    { before: 1, kind: 'look', after: 1, result: true },
    { before: 0, kind: 'changed', args: [0], waits: true },
    { before: 2, kind: 'changed', args: [0], after: 2, result: true },
    { before: 2, kind: 'set', after: 3 },
    { before: 3, kind: 'set', after: 3 },
    { before: 3, kind: 'clear', after: 4 },
  ),
  ...of(
    'queue',
    { before: contents(0, false), kind: 'put', args: ['1'], after: contents(0, false, ['1']) },
    { before: contents(1, false, ['1']), kind: 'put', args: ['2'], waits: true },
    { before: contents(0, true, ['1']), kind: 'get', after: contents(0, true, [], 1), result: '1' },
    { before: contents(0, false), kind: 'get', waits: true },
    { before: contents(0, true, [], 1), kind: 'joined', waits: true },
    { before: contents(0, true, [], 1), kind: 'taskDone', after: contents(0, true) },
    {
      before: contents(0, true),
      kind: 'taskDone',
      after: contents(0, true),
      result: reason('TooManyDoneError'),
    },
    { before: contents(0, true), kind: 'joined', after: contents(0, true), result: true },
  ),
  ...of(
    'pipe',
    {
      before: pipeBetween([['a'], []], [[ME], ['2']]),
      kind: 'recv',
      args: [1, 'recv', false],
      after: pipeBetween([[], []], [[ME], ['2']]),
      result: 'a',
    },
    { before: pipeBetween([[], []], [['2'], [ME]]), kind: 'recv', args: [1, 'recv', false], waits: true },
    {
      before: pipeBetween([[], []], [['2'], [ME]]),
      kind: 'recv',
      args: [1, 'recv', false],
      dead: ['2'],
      after: pipeBetween([[], []], [['2'], [ME]]),
      result: reason('EndOfFileError', 'recv'),
    },
    // One who blocks cannot send at its own other end; one who awaits can.
    {
      before: pipeBetween([[], []], [[ME], [ME]]),
      kind: 'recv',
      args: [1, 'recvSync', true],
      after: pipeBetween([[], []], [[ME], [ME]]),
      result: reason('EndOfFileError', 'recvSync'),
    },
    { before: pipeBetween([[], []], [[ME], [ME]]), kind: 'recv', args: [1, 'recv', false], waits: true },
    {
      before: pipeBetween([[], []], [[ME], []]),
      kind: 'send',
      args: [0, 'a', 'send'],
      after: pipeBetween([[], []], [[ME], []]),
      result: reason('BrokenPipeError', 'send'),
    },
    {
      before: pipeBetween([[], []], [[ME], [ME, '2']]),
      kind: 'close',
      args: [1],
      after: pipeBetween([[], []], [[ME], ['2']]),
    },
  ),
  ...of(
    'barrier',
    { before: partiesOf(2), kind: 'come', after: { ...partiesOf(2), here: [ME] }, result: [0, 0] },
    { before: { ...partiesOf(2), here: [ME] }, kind: 'ended', args: [0], waits: true },
    {
      before: { ...partiesOf(2), here: ['2', ME] },
      kind: 'end',
      args: [0, 'passed'],
      after: { ...partiesOf(2), generation: 1 },
      result: true,
    },
    { before: { ...partiesOf(1), here: ['2'] }, kind: 'come', waits: true },
  ),
  ...of(
    'memory',
    { before: '\x01\0\0\0', kind: 'read', args: ['Int32Array', 0], after: '\x01\0\0\0', result: 1 },
    { before: '\0\0', kind: 'write', args: ['Uint8Array', 1, 255], after: '\0\xff' },
    { before: '\xff\0', kind: 'add', args: ['Uint8Array', 0, 2], after: '\x01\0', result: 255 },
    {
      before: '\x05\0\0\0',
      kind: 'compareExchange',
      args: ['Int32Array', 0, 4, 9],
      after: '\x05\0\0\0',
      result: 5,
    },
    {
      before: '\x05\0\0\0',
      kind: 'compareExchange',
      args: ['Int32Array', 0, 5, 9],
      after: '\t\0\0\0',
      result: 5,
    },
  ),
];

for (const {
  machine,
  before,
  kind,
  args = [],
  dead = [],
  timeoutMs,
  after = before,
  result,
  waits,
} of cases) {
  test(`${machine}: ${JSON.stringify(before)}, ${kind} ${JSON.stringify(args)} ${dead}`, () => {
    const rule = machines[machine]?.[kind];
    assert.ok(rule);
    const key = '';
    const operation = { kind, object: 0, args, isSync: true, timeoutMs, key, where: undefined };
    const isDead = (path: string) => dead.includes(path);
    const around = {
      me: ME,
      isDead,
      hasEnded: isDead,
      nameOf: (path: string) => `name of ${path}`,
      exitcodeOf: () => 3,
      takenAt: () => undefined,
      nameOfThing: () => 'Lock-1',
      valueOf: () => null,
    };
    const done = rule(before as never, operation, around);
    if (waits) return assert.equal(done, undefined);
    assert.ok(done !== undefined && !Array.isArray(done));
    const { value = before, result: came } = done as { value?: unknown; result?: Plain };
    assert.deepEqual(value, after);
    const told = JSON.stringify(came)?.replace(/(name of 2"),\d+/, '$1,0');
    assert.equal(told, JSON.stringify(result));
  });
}
