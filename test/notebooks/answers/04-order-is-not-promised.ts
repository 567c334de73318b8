// Answers to the exercises of notebook 04.
import type { Answers } from './answers';

const MADE = 'const all = guests.map((name) => new Process({ target: visit, args: [name] }));';
const START = 'for (const guest of all) guest.start();';
const JOIN = 'for (const guest of all) await guest.join();';
const OPENS = "console.log('The door opens');";
const CLOSES = "console.log('The door closes');";

const party = (...lines: string[]) =>
  `async function party(guests: string[]) {\n${lines.map((line) => `  ${line}`).join('\n')}\n}`;

export default {
  party: {
    right: [
      party(MADE, OPENS, START, 'await Promise.all(all.map((guest) => guest.join()));', CLOSES),
      party(OPENS, MADE, START, 'for (const guest of all.reverse()) guest.joinSync();', CLOSES),
      party(
        OPENS,
        'const waits: Promise<void>[] = [];',
        'for (const name of guests) {',
        "  const guest = new Process({ target: () => { console.log(name + ' comes'); console.log(name + ' goes'); } });",
        '  guest.start();',
        '  waits.push(guest.join());',
        '}',
        'for (const wait of waits) await wait;',
        CLOSES,
      ),
    ],
    wrong: [
      // Opened too late, as at the beginning.
      [party(MADE, START, OPENS, JOIN, CLOSES), /"Ada comes" is printed before "The door opens"/],
      [party(OPENS, MADE, START, CLOSES), /"Cy goes" is printed after "The door closes"/],
      // Only the last one is waited for.
      [party(OPENS, MADE, START, 'await all.at(-1)?.join();', CLOSES), /"Bob goes" is printed after/],
      // A pause is not a promise.
      [
        party(OPENS, MADE, START, 'await new Promise((done) => setTimeout(done, 1000));', CLOSES),
        /"Cy goes" is printed after "The door closes"/,
      ],
      [
        party(OPENS, MADE, 'for (const guest of all) { guest.start(); await guest.join(); }', CLOSES),
        /never run at the same time/,
      ],
      [
        party(OPENS, 'for (const name of guests) visit(name);', CLOSES),
        /the parent prints "Ada comes": that is the work of a child/,
      ],
      [
        party(
          OPENS,
          'const host = new Process({ target: () => { for (const name of guests) visit(name); } });',
          'host.start();',
          'await host.join();',
          CLOSES,
        ),
        /prints "Ada goes" and "Bob comes", too: each needs a process of its own/,
      ],
      [
        party(
          'const host = new Process({ target: async () => {',
          ...[OPENS, MADE, START, JOIN, CLOSES],
          '} });',
          'host.start();',
          'await host.join();',
        ),
        /a child prints "The door closes": that is the work of the parent/,
      ],
      [party(OPENS, MADE, CLOSES), /"Ada comes" is never printed/],
      [party(OPENS, MADE, JOIN, CLOSES), /NotStartedError|ends with exit code 1/],
      [party(MADE, START, JOIN, OPENS, CLOSES), /"Ada comes" is printed before "The door opens"/],
      [
        party(
          MADE,
          OPENS,
          START,
          'for (const guest of all) { await guest.join(); console.log("The door closes"); }',
        ),
        /"The door closes" is printed 3 times, not once/,
      ],
      // The names are fixed.
      [
        party(
          OPENS,
          "const all = ['Ada', 'Bob', 'Cy'].map((name) => new Process({ target: visit, args: [name] }));",
          START,
          JOIN,
          CLOSES,
        ),
        /I called it with \(\[ 'Mo' \]\).*"Mo comes" is never printed/s,
      ],
      [
        party(
          OPENS,
          MADE,
          START,
          'for (const guest of all.slice(1)) await guest.join();',
          'await all[0].join();',
          CLOSES,
        ),
        /I called it with \(\[\]\)/,
      ],
    ],
  },
} satisfies Record<string, Answers>;
