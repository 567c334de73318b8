// Answers to the exercises of notebook 06.
import type { Answers } from './answers';

const ALL =
  'workers.forEach((name, hole) => new Process({ name, target: dig, args: [name, hole] }).start());';

/** What stands before `dig`, its lines, and how the workers are started. */
const digging = (before: string, dig: readonly string[], start = ALL) =>
  `${before}
function dig(worker: string, hole: number) {
${dig.map((line) => `  ${line}`).join('\n')}
}
function digHoles(workers: string[]): unknown {
  ${start}
  return undefined;
}`;

const LOCK = "const mouth = new Lock({ name: 'mouth' });";
const DIG = 'sleepSync(50);';
const TURN = 'using turn = mouth.acquireSync();';
const SAY = 'say(worker, hole);';

const sellers = (before: string, ...sell: string[]) =>
  `${before}
function sell() {
${sell.map((line) => `  ${line}`).join('\n')}
}
const twoSellers = () => both(sell, sell, till);`;

const purse = (earn: string, spend: string, both = 'both(earn, spend, money, 100)') =>
  `const purse = new Lock({ name: 'purse' });
function earn() { ${earn} }
function spend() { ${spend} }
const account = () => ${both};`;

const seat = (...book: string[]) =>
  `const office = new Lock({ name: 'office' });
function book() {
${book.map((line) => `  ${line}`).join('\n')}
}
const lastSeat = () => both(book, book, seats, 1);`;

/** The second child is started when the first has ended. */
const ONE_BY_ONE = (first: string, second: string, shared: string, begin: number) =>
  `(async () => {
  ${shared}.value = ${begin};
  for (const target of [${first}, ${second}]) {
    const child = new Process({ target });
    child.start();
    await child.join();
  }
  return ${shared}.value;
})()`;

export default {
  'dig-holes': {
    right: [
      digging(LOCK, [DIG, 'mouth.acquireSync();', SAY, 'mouth.release();']),
      `function dig(worker: string, hole: number, mouth: Lock) {
  sleepSync(50);
  mouth.acquireSync();
  try { say(worker, hole); } finally { mouth.release(); }
}
async function digHoles(workers: string[]) {
  const mouth = new Lock();
  const all: Process[] = [];
  for (let hole = 0; hole < workers.length; hole++) {
    all.push(new Process({ target: () => dig(workers[hole], hole, mouth) }));
  }
  for (const each of all) each.start();
  for (const each of all) await each.join();
}`,
      `const mouth = new Lock();
async function dig(worker: string, hole: number) {
  sleepSync(50);
  await mouth.with(() => say(worker, hole));
}
function digHoles(workers: string[]) {
  for (const worker of workers) {
    new Process({ target: dig, args: [worker, workers.indexOf(worker)] }).start();
  }
}`,
    ],
    wrong: [
      // No lock.
      [digging('', [DIG, SAY]), /prints into a line of .+ that is not ended/],
      // A lock for each child.
      [
        digging('', [DIG, 'const own = new Lock();', 'using turn = own.acquireSync();', SAY]),
        /acquires Lock-\w+1\s.*prints into a line/s,
      ],
      // Not awaited: it says at once, whether the lock is its own or not.
      [
        digging(LOCK, [DIG, 'mouth.acquire();', SAY, 'mouth.release();']),
        /NotHeldError|prints into a line of .+ that is not ended/,
      ],
      // Released too early: the lock is taken and given back before anything is said.
      [
        digging(LOCK, [DIG, 'mouth.acquireSync();', 'mouth.release();', SAY]),
        /releases mouth.*prints into a line|prints into a line/s,
      ],
      // All under the lock.
      [digging(LOCK, [TURN, DIG, SAY]), /at most 1 process is at work at a time; it must be 3/],
      // Every worker digs hole 0.
      [
        digging(LOCK, [DIG, TURN, SAY], ALL.replace('args: [name, hole]', 'args: [name, 0]')),
        /"B dug hole 1" is never printed/,
      ],
      // Counted from 1.
      [
        digging(LOCK, [DIG, TURN, SAY], ALL.replace('args: [name, hole]', 'args: [name, hole + 1]')),
        /"A dug hole 0" is never printed/,
      ],
      // The parent digs.
      [
        digging(LOCK, [DIG, SAY], 'workers.forEach((name, hole) => dig(name, hole));'),
        /the parent prints "A": that is the work of a child/,
      ],
      // One child for all.
      [
        digging(
          LOCK,
          [DIG, SAY],
          'new Process({ target: () => workers.forEach((name, hole) => dig(name, hole)) }).start();',
        ),
        /each needs a process of its own/,
      ],
      // One after the other.
      [
        digging(
          LOCK,
          [DIG, SAY],
          'return (async () => { for (const [hole, name] of workers.entries()) { const w = new Process({ target: dig, args: [name, hole] }); w.start(); await w.join(); } })();',
        ),
        /at most 1 process is at work at a time/,
      ],
      // The names are fixed.
      [
        digging(
          LOCK,
          [DIG, TURN, SAY],
          "['A', 'B', 'C'].forEach((name, hole) => new Process({ target: dig, args: [name, hole] }).start());",
        ),
        /I called it with \(\[ 'J', 'I' \]\)/,
      ],
      // Never released: the next is told that the owner has ended.
      [digging(LOCK, [DIG, 'mouth.acquireSync();', SAY]), /never released|ends with exit code 1/],
      // In one piece.
      [
        digging('', [DIG, "console.log(worker + ' dug hole ' + hole);"]),
        /a line is printed in one piece\. This time keep `say`/,
      ],
      // Nobody digs.
      [digging(LOCK, [TURN, SAY]), /none of them sleeps, so nothing takes time/],
    ],
  },
  'two-sellers': {
    right: [
      sellers(
        'const tillLock = new Lock();',
        'tillLock.acquireSync();',
        'till.value += 5;',
        'tillLock.release();',
      ),
      `const tillLock = new Lock();
async function sell() {
  await tillLock.with(() => { till.value = till.value + 5; });
}
const twoSellers = () => both(sell, sell, till);`,
    ],
    wrong: [
      [sellers('', 'till.value += 5;'), /in 4 of 6 orders it returns 5 instead of 10/],
      // Released before the change.
      [
        sellers(
          'const tillLock = new Lock();',
          'tillLock.acquireSync();',
          'tillLock.release();',
          'till.value += 5;',
        ),
        /orders it returns 5 instead of 10/,
      ],
      // Read outside, written inside.
      [
        sellers(
          'const tillLock = new Lock();',
          'const seen = till.value;',
          'using turn = tillLock.acquireSync();',
          'till.value = seen + 5;',
        ),
        /reads till: 0.*acquires.*it returns 5/s,
      ],
      // A number that stands ready.
      [
        sellers('const tillLock = new Lock();', 'using turn = tillLock.acquireSync();', 'till.value = 10;'),
        /writes till = 10 without having read it/,
      ],
      // One does the work of both.
      [
        `const tillLock = new Lock();
function sellAll() { using turn = tillLock.acquireSync(); till.value += 10; }
function look() { using turn = tillLock.acquireSync(); till.value; }
const twoSellers = () => both(sellAll, look, till);`,
        /the children change the shared number by \+10; it must be \+5 and \+5/,
      ],
      [`const twoSellers = () => 10;`, /no child uses the shared number; it takes two/],
      [
        `const twoSellers = async () => { till.value = 0; const one = new Process({ target: () => { till.value = 10; } }); one.start(); await one.join(); return till.value; };`,
        /only one child uses the shared number; it takes two/,
      ],
      [
        `function sell() { till.value += 5; }
const twoSellers = () => ${ONE_BY_ONE('sell', 'sell', 'till', 0)};`,
        /never run at the same time/,
      ],
      // Forgets to release.
      [
        sellers('const tillLock = new Lock();', 'tillLock.acquireSync();', 'till.value += 5;'),
        /never released|ends with exit code 1/,
      ],
      // Takes it twice.
      [
        sellers(
          'const tillLock = new Lock();',
          'tillLock.acquireSync();',
          'tillLock.acquireSync();',
          'till.value += 5;',
        ),
        /it never ends/,
      ],
    ],
  },
  account: {
    right: [
      purse(
        'purse.acquireSync(); money.value += 10; purse.release();',
        'purse.acquireSync(); money.value -= 30; purse.release();',
      ),
      `const purse = new Lock();
function change(amount: number) {
  using turn = purse.acquireSync();
  money.value += amount;
}
const account = () => both(() => change(10), () => change(-30), money, 100);`,
    ],
    wrong: [
      // The lock is on the other side now.
      [
        purse('money.value += 10;', 'using turn = purse.acquireSync(); money.value -= 30;'),
        /in 9 of 15 orders it goes wrong.*it returns/,
      ],
      [purse('money.value += 10;', 'money.value -= 30;'), /in 4 of 6 orders it goes wrong/],
      // Another lock for the other side.
      [
        `const other = new Lock({ name: 'other' });
${purse('using turn = purse.acquireSync(); money.value += 10;', 'using turn = other.acquireSync(); money.value -= 30;')}`,
        /acquires other/,
      ],
      // Looked before the lock.
      [
        purse(
          'using turn = purse.acquireSync(); money.value += 10;',
          'const seen = money.value; using turn = purse.acquireSync(); money.value = seen - 30;',
        ),
        /it returns 70 instead of 80/,
      ],
      // The sum of both, by one of them.
      [
        purse(
          'using turn = purse.acquireSync(); money.value -= 20;',
          'using turn = purse.acquireSync(); money.value;',
        ),
        /change the shared number by −20; it must be \+10 and −30/,
      ],
      // Wrong sum.
      [
        purse(
          'using turn = purse.acquireSync(); money.value += 10;',
          'using turn = purse.acquireSync(); money.value -= 10;',
        ),
        /in every order it returns 100 instead of 80/,
      ],
      [
        purse('money.value += 10;', 'money.value -= 30;', ONE_BY_ONE('earn', 'spend', 'money', 100)),
        /never run at the same time/,
      ],
      [purse('money.value += 10;', 'money.value -= 30;', '80'), /no child uses the shared number/],
    ],
  },
  'last-seat': {
    right: [
      seat('office.acquireSync();', 'if (seats.value > 0) seats.value -= 1;', 'office.release();'),
      seat(
        'if (seats.value === 0) return;',
        'using turn = office.acquireSync();',
        'if (seats.value === 0) return;',
        'seats.value -= 1;',
      ),
      seat(
        'office.acquireSync();',
        'try { if (seats.value === 1) seats.value = 0; } finally { office.release(); }',
      ),
      seat('using turn = office.acquireSync();', 'seats.value = Math.max(0, seats.value - 1);'),
    ],
    wrong: [
      // Whatever was there.
      [
        seat('using turn = office.acquireSync();', 'seats.value = 0;'),
        /writes seats = 0 without having read it/,
      ],
      // Sold, and taken back.
      [
        seat(
          'using turn = office.acquireSync();',
          'seats.value -= 1;',
          'if (seats.value < 0) seats.value = 0;',
        ),
        /writes seats = -1, and it must never be below 0/,
      ],
      // Two seats in place of one, and the parent hides it.
      [
        `function book() { seats.value -= 1; }
const lastSeat = async () => { await both(book, book, seats, 2); return 0; };`,
        /change the shared number by −1 and −1; it must be −1/,
      ],
      // Who finds it sold out goes home with the key.
      [
        seat(
          'office.acquireSync();',
          'if (seats.value === 0) return;',
          'seats.value -= 1;',
          'office.release();',
        ),
        /ends with a lock that it has never released/,
      ],
      [seat('if (seats.value > 0) seats.value -= 1;'), /orders it returns -1 instead of 0/],
      // The look is given back too early.
      [
        seat(
          'office.acquireSync();',
          'const left = seats.value;',
          'office.release();',
          'if (left === 0) return;',
          'using turn = office.acquireSync();',
          'seats.value -= 1;',
        ),
        /releases office.*it returns -1/s,
      ],
      // Nobody looks any more.
      [seat('using turn = office.acquireSync();', 'seats.value -= 1;'), /in every order it returns -1/],
      // Nobody books.
      [
        seat('using turn = office.acquireSync();', 'if (seats.value === 0) return;'),
        /in every order it returns 1 /,
      ],
      // Who finds it sold out keeps the lock; who comes first returned with it.
      [
        seat('office.acquireSync();', 'if (seats.value === 0) return;', 'seats.value -= 1;'),
        /never released|ends with exit code 1/,
      ],
      // A lock for each.
      [
        seat(
          'const own = new Lock();',
          'using turn = own.acquireSync();',
          'if (seats.value === 0) return;',
          'seats.value -= 1;',
        ),
        /acquires Lock-A1.*it returns -1/s,
      ],
      [`const lastSeat = () => 0;`, /no child uses the shared number/],
      [
        `function book() { seats.value = 0; }
const lastSeat = () => ${ONE_BY_ONE('book', 'book', 'seats', 1)};`,
        /never run at the same time/,
      ],
    ],
  },
} satisfies Record<string, Answers>;
