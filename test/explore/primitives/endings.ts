// Children that are ended from outside at any moment of their lives, and exit codes in every form that Node knows.
import { Event, Lock, Process, Queue, sleep, sleepSync } from '../../../src';
import { pause } from './run-together';

type Ways = { readonly [what: string]: () => unknown };

const held = new Lock();

/** What a child may be doing. */
export const moments: Ways = {
  asleep: () => sleep(100_000),
  'asleep, and blocking': () => sleepSync(100_000),
  'waiting for time, again and again': async () => {
    for (;;) await sleep(1);
  },
  'in a loop without end': () => {
    for (;;);
  },
  'waiting for a lock': () => held.acquire(),
  'waiting for an item, and blocking': () => new Queue().getSync({ timeout: 100_000 }),
  'waiting for the end of its own child': async () => {
    const child = new Process({ target: () => sleep(100_000) });
    child.start();
    await child.join();
  },
  'at its end': () => {},
  printing: () => console.log('child'),
  failing: () => {
    throw new Error('oh');
  },
  exiting: () => process.exit(3),
};

export const signals = ['terminate', 'kill', 'interrupt'] as const;

/** The exit code of a child that is ended in one of these ways, at once or a while after its start. */
export async function endedBy(signal: (typeof signals)[number], target: () => unknown, mayPause = false) {
  const child = new Process({ target });
  child.start();
  if (mayPause) await pause();
  child[signal]();
  await child.join();
  return child.exitcode;
}

/** How a child may end by itself. */
export const exits: Ways = {
  ...Object.fromEntries(
    [
      0,
      3,
      -1,
      255,
      256,
      300,
      -256,
      2 ** 31,
      2 ** 32 + 3,
      1.5,
      Number.NaN,
      '7',
      'x',
      '',
      null,
      undefined,
    ].flatMap((code) => [
      [`exit(${JSON.stringify(code) ?? code}) of type ${typeof code}`, () => process.exit(code)],
      [
        `exitCode = 4, then exit(${JSON.stringify(code) ?? code}) of type ${typeof code}`,
        () => {
          process.exitCode = 4;
          process.exit(code);
        },
      ],
    ]),
  ),
  'exit() alone': () => process.exit(),
  'exit() after exitCode = 300': () => {
    process.exitCode = 300;
    process.exit();
  },
  'exitCode = -1': () => {
    process.exitCode = -1;
  },
  'exitCode = "5"': () => {
    process.exitCode = '5';
  },
  'what exit() says of no code is caught': () => {
    try {
      process.exit('no code');
    } catch (error) {
      console.log((error as Error).message);
    }
  },
  'an error': () => {
    throw new Error('oh');
  },
  'a rejection': () => Promise.reject(new Error('oh')),
  'what can never come': () => new Promise(() => {}),
  'exit(0) while its own child runs': () => {
    new Process({
      target: () => new Promise((resolve) => setTimeout(resolve, 50)).then(() => console.log('late')),
    }).start();
    process.exit(0);
  },
  'exitCode = 4 while its own child runs': () => {
    new Process({ target: () => console.log('late') }).start();
    process.exitCode = 4;
  },
};

/** Of all children that end in these ways, one after the other. */
export async function exitcodes(ways: Ways): Promise<(number | null)[]> {
  const codes: (number | null)[] = [];
  for (const target of Object.values(ways)) {
    const child = new Process({ target });
    child.start();
    await child.join();
    codes.push(child.exitcode);
  }
  return codes;
}

const ends = Object.entries(moments).map(([what, target]) => [
  `a child that is ended while it is ${what}`,
  async () => {
    held.acquireSync();
    const codes: (number | null)[] = [];
    for (const signal of signals) codes.push(await endedBy(signal, target, true));
    held.release();
    return codes;
  },
]);

export const endings: { readonly [what: string]: () => unknown } = {
  ...Object.fromEntries(ends),
  'a daemon that never ends': async () => {
    const begun = new Event();
    const target = () => {
      begun.set();
      for (;;);
    };
    new Process({ target, daemon: true }).start();
    await begun.wait();
    return 'done';
  },
};
