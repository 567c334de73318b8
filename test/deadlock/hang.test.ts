// A standstill as plain data → which kind of hang it is, its sentences, its lines and its picture; as explore() and a real run use it.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { hangKinds, type Standstill } from '../../src/deadlock/hang';
import { hangOf } from '../../src/deadlock/hang-kind';
import { hangPicture } from '../../src/deadlock/hang-picture';
import { hangSentence } from '../../src/deadlock/hang-sentence';
import { hangText } from '../../src/deadlock/hang-text';
import { waitChain } from '../../src/deadlock/wait-chain';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

/** 'Ada Lock.acquire() left 3', 'Main join() Ada 9': a wait; 'Ada holds left 2'. */
function standstill(lines: readonly string[], kinds: { [object: string]: string } = {}): Standstill {
  const processes: { name: string; state: 'waits' }[] = [];
  const objects: { name: string; kind: string; parties?: number }[] = [];
  const waits: Standstill['waits'][number][] = [];
  const holds: Standstill['holds'][number][] = [];
  const process = (name: string): number => {
    const at = processes.findIndex((each) => each.name === name);
    return at >= 0 ? at : processes.push({ name, state: 'waits' }) - 1;
  };
  const object = (name: string): number => {
    const at = objects.findIndex((each) => each.name === name);
    if (at >= 0) return at;
    const [kind = 'Lock', parties] = (kinds[name] ?? 'Lock').split(' ');
    return objects.push({ name, kind, ...(parties && { parties: Number(parties) }) }) - 1;
  };
  for (const line of lines) {
    const [name = '', verb = '', what = '', number] = line.split(' ');
    const where = number === undefined ? undefined : `Cell 1, line ${number}`;
    if (verb === 'holds') holds.push({ process: process(name), object: object(what), where });
    else if (verb === 'join()')
      waits.push({ process: process(name), what: verb, for: { end: process(what) }, where });
    else waits.push({ process: process(name), what: verb, for: { object: object(what) }, where });
  }
  return { processes, objects, waits, holds };
}

const cases: [kind: string, lines: string[], kinds: { [object: string]: string }, sentence: string][] = [
  [
    'circular-wait',
    [
      'Ada holds left 2',
      'Ada Lock.acquire() right 3',
      'Bob holds right 2',
      'Bob Lock.acquire() left 3',
      'Main join() Ada',
    ],
    {},
    'Ada and Bob wait for each other for ever. Ada holds left (Cell 1, line 2) and waits for right (Cell 1, line 3); Bob holds right (Cell 1, line 2) and waits for left (Cell 1, line 3). Take the two locks in the same order everywhere.',
  ],
  [
    'double-acquire',
    ['Ada holds door 2', 'Ada Lock.acquire() door 3'],
    {},
    'Ada waits for door (Cell 1, line 3) for ever. It holds door (Cell 1, line 2) itself, and nobody else could release it. A Lock cannot be taken twice: use an RLock, or release it first.',
  ],
  [
    'circular-wait',
    ['Ada holds door 2', 'Ada RLock.acquire() door 3'],
    { door: 'RLock' },
    'Tasks of Ada wait for each other for ever. They hold door (Cell 1, line 2) and wait for door (Cell 1, line 3). Let a task release the lock before it waits for another task.',
  ],
  [
    'join-while-holding',
    ['Main holds door 2', 'Main join() Ada 4', 'Ada Lock.acquire() door 1'],
    {},
    'Ada and Main wait for each other for ever. Ada waits for door (Cell 1, line 1); Main holds door (Cell 1, line 2) and waits for the end of Ada (Cell 1, line 4). Release what a process needs before you wait for its end.',
  ],
  [
    'circular-join',
    ['Ada join() Bob 2', 'Bob join() Ada 3'],
    {},
    'Ada and Bob wait for each other for ever. Ada waits for the end of Bob (Cell 1, line 2); Bob waits for the end of Ada (Cell 1, line 3). Let only the parent of a process wait for its end.',
  ],
  [
    'circular-join',
    ['Ada join() Ada 2'],
    {},
    'Ada waits for its own end, which cannot come while it waits. Ada waits for the end of Ada (Cell 1, line 2). Let only the parent of a process wait for its end.',
  ],
  [
    'join-before-draining',
    ['Main join() Ada 4', 'Ada Queue.put() results 2'],
    { results: 'Queue' },
    'Ada cannot end: it waits in Queue.put() for room in results (Cell 1, line 2). Main waits for its end (Cell 1, line 4) and takes nothing out of results. Take all items out of the queue before you join the process that puts them.',
  ],
  [
    'join-before-draining',
    ['Main join() Ada 4', 'Ada Connection.sendSync() line 2'],
    { line: 'Pipe' },
    'Ada cannot end: it waits in Connection.sendSync() for room in line (Cell 1, line 2). Main waits for its end (Cell 1, line 4) and takes nothing out of line. Receive all messages before you join the process that sends them.',
  ],
  [
    'forgetful-owner',
    ['Main Lock.acquire() door 5', 'Ada holds door 1', 'Ada Queue.get() jobs 2'],
    { jobs: 'Queue' },
    // The get is at the root of it, but that it keeps the lock meanwhile is the mistake.
    'Main waits for door (Cell 1, line 5) for ever. Ada holds door (Cell 1, line 1) and waits in Queue.get() for jobs (Cell 1, line 2). Release a lock before you wait for something else, and on every way out: with() does so.',
  ],
  [
    'unanswered-get',
    ['Bob Queue.getSync() jobs 2', 'Main join() Bob'],
    { jobs: 'Queue' },
    'Bob waits in Queue.getSync() for an item of jobs (Cell 1, line 2) for ever. Nobody is left who could put one: Main waits for the end of Bob. Put as many items as are taken, or at the end one sign such as null for each process that takes.',
  ],
  [
    'unanswered-put',
    ['Bob Queue.put() jobs 2'],
    { jobs: 'Queue' },
    'Bob waits in Queue.put() for room in jobs (Cell 1, line 2) for ever. Nobody else has jobs. Take the items while others put, or make the queue without a limit.',
  ],
  [
    'missing-task-done',
    ['Main JoinableQueue.join() jobs 2', 'Ada Queue.get() jobs 1'],
    { jobs: 'JoinableQueue' },
    'Main waits in JoinableQueue.join() for the last item of jobs (Cell 1, line 2) for ever. Nobody is left who could report it as done: Ada waits in Queue.get() for jobs (Cell 1, line 1). Call taskDone() once for each item that is taken, in a finally if the work may fail.',
  ],
  [
    'unset-event',
    ['Ada Event.wait() ready 2'],
    { ready: 'Event' },
    'Ada waits in Event.wait() for the set() of ready (Cell 1, line 2) for ever. Nobody else has ready. Let a process that does not wait for it call set(), on every way that it may go.',
  ],
  [
    'missing-notify',
    ['Ada Condition.wait() changed 2'],
    { changed: 'Condition' },
    'Ada waits in Condition.wait() for a notification of changed (Cell 1, line 2) for ever. Nobody else has changed. Call notify() after each change, and wait with waitFor(() => …), which does not wait if it is so already.',
  ],
  [
    'no-permit-left',
    ['Ada Semaphore.acquire() seats 2'],
    { seats: 'BoundedSemaphore' },
    'Ada waits in Semaphore.acquire() for a permit of seats (Cell 1, line 2) for ever. Nobody else has seats. Call release() once for each acquire(), or use with(), which does so whatever happens.',
  ],
  [
    'barrier-not-reached',
    ['Ada Barrier.wait() start 2', 'Bob Barrier.wait() start 2'],
    { start: 'Barrier 3' },
    'Ada waits in Barrier.wait() for the others at start (Cell 1, line 2) for ever: only 2 of 3 have come. Nobody is left who could come: Bob waits in Barrier.wait() for start (Cell 1, line 2). Make the barrier for as many as call wait(), and let each of them call it equally often.',
  ],
  [
    'unanswered-recv',
    ['Ada Connection.recvSync() line'],
    { line: 'Pipe' },
    'Ada waits in Connection.recvSync() for a message from line for ever. Nobody else has line. Send before you receive, at one of the two ends at least.',
  ],
  [
    'unanswered-get',
    ['Ada wait() one 2', 'Ada wait() other 2'],
    { one: 'Queue', other: 'Queue' },
    'Ada waits in wait() for an item of one or an item of other (Cell 1, line 2) for ever. Nobody else has one or other. Put as many items as are taken, or at the end one sign such as null for each process that takes.',
  ],
  [
    'unanswered-send',
    ['Ada Connection.sendBytes() line'],
    { line: 'Pipe' },
    'Ada waits in Connection.sendBytes() for room in line for ever. Nobody else has line. Receive at the other end while this one sends.',
  ],
];

test('a wait() for an end or an item is told by what that process waits for, whoever gets the error', () => {
  const lines = ['Main wait() results', 'Ada Queue.get() jobs'];
  const { waits, ...rest } = standstill(lines, { results: 'Queue', jobs: 'Queue' });
  const all = [...waits, { process: 0, what: 'wait()', for: { end: 1 } }];
  for (const told of all.keys()) {
    assert.match(
      hangSentence(hangOf({ ...rest, waits: all, told })),
      /^Ada waits in Queue\.get\(\) for an item of jobs/,
    );
  }
});

describe('a hang is told in words', () => {
  for (const [kind, lines, kinds, sentence] of cases) {
    test(`${kind}: ${lines.join(', ')}`, () => {
      const hang = hangOf(standstill(lines, kinds));
      assert.equal(hangSentence(hang), sentence);
      assert.equal(hang.kind, kind);
    });
  }

  test('of an owner that waits for something else, whoever of the two is told', () => {
    const lines = ['Main Lock.acquire() door 5', 'Ada holds door 1', 'Ada Queue.get() jobs 2'];
    const stands = standstill(lines, { jobs: 'Queue' });
    const told = [0, 1].map((told) => hangSentence(hangOf({ ...stands, told })));
    assert.equal(new Set(told).size, 1, told.join('\n'));
  });

  test('of every kind but the one that is none', () => {
    const seen = new Set(cases.map(([kind]) => kind));
    assert.deepEqual(
      hangKinds.filter((kind) => !seen.has(kind)),
      ['other'],
    );
  });
});

const ring = hangOf(standstill(cases[0]![1]));

test('the lines of text begin with the circle, in its order', () => {
  assert.deepEqual(hangText(ring).split('\n'), [
    '→ Ada waits for right (Cell 1, line 3)',
    '→ right is held by Bob (Cell 1, line 2)',
    '→ Bob waits for left (Cell 1, line 3)',
    '→ left is held by Ada (Cell 1, line 2)',
    '  Main waits for the end of Ada',
  ]);
});

test('the picture numbers the circle, and names are never markup', () => {
  const hostile = `"><script>\u001balert('&')</script>`;
  const processes = ring.processes.map((process, index) =>
    index === 0 ? { ...process, name: hostile } : process,
  );
  const svg = hangPicture({
    ...ring,
    processes,
    objects: ring.objects.map((each) => ({ ...each, kind: hostile })),
  });
  for (const step of ['1. waits for', '2. is held by', '3. waits for', '4. is held by'])
    assert.ok(svg.includes(`>${step}<`));
  assert.ok(!svg.includes('<script') && !svg.includes('\u001b'), svg);
  assert.ok(!/NaN|undefined/.test(svg));
});

test('what somebody waits for is one sentence that goes from each to the next', () => {
  const lines = [
    'the\u00a0cell join() Ada 3',
    'Ada Lock.acquire() door 7',
    'Bob holds door 8',
    'Bob Queue.get() jobs 9',
  ];
  assert.equal(
    waitChain(standstill(lines, { jobs: 'Queue' })),
    'the\u00a0cell waits for the end of Ada (Cell 1, line 3), which waits for door (Cell 1, line 7), held by Bob (Cell 1, line 8), which waits in Queue.get() for jobs (Cell 1, line 9).',
  );
  assert.equal(
    waitChain(standstill(['Ada join() Bob', 'Bob join() Ada'])),
    'Ada waits for the end of Bob, which waits for the end of Ada.',
  );
});
