// Answers to the exercises of notebook 11.
import type { Answers } from './answers';

const FORKS = `  const left = new Lock({ name: 'left' });
  const right = new Lock({ name: 'right' });`;
const child = (name: string, target: string, args: string) =>
  `const ${name.toLowerCase()} = new Process({ name: '${name}', target: ${target}, args: [${args}] });`;

/** How Ada and Bob take their forks, and how the parent waits for them. */
const dinner = (
  ada: string,
  bob: string,
  { eat = 'eatFast', run = 'ada.start(); bob.start(); await ada.join(); await bob.join();' } = {},
) =>
  `async function dinner() {
${FORKS}
  ${child('Ada', eat, ada)}
  ${child('Bob', eat, bob)}
  ${run}
}`;

/** What comes after the start of the baker. */
const collect = (after: string, shelf = 'new Queue<number>(1)') =>
  `async function collect() {
  const shelf = ${shelf};
  const baker = new Process({ target: bake, args: [shelf] });
  baker.start();
  let sum = 0;
  ${after}
  return sum;
}`;
const GET = 'sum += await shelf.get();';

const office = (work: string, parent: string) =>
  `async function work(jobs: Queue<string | null>) {
  ${work}
}
async function office() {
  const jobs = new Queue<string | null>(0, { name: 'jobs' });
  const worker = new Process({ name: 'Worker', target: work, args: [jobs] });
  ${parent}
}`;
const ENDING = `for (let job = await jobs.get(); job !== null; job = await jobs.get()) console.log('did ' + job);`;
const ENDLESS = "for (;;) console.log('did ' + (await jobs.get()));";
const PUT = "worker.start(); await jobs.put('A'); await jobs.put('B');";

const sell = (...lines: string[]) =>
  `async function sell(till: Lock, wanted: number) {
  ${lines.join('\n  ')}
}
const shop = (wants: number[]) => serve(sell, wants);`;
const SAY = "console.log(wanted > 3 ? 'too many' : 'sold');";

/** How the answer is got, and how the parent waits. */
const trip = (get: string, join = 'await mina.join();') =>
  `async function trip(says: string) {
  const answers = new Queue<string>(0, { name: 'answers' });
  const mina = new Process({ name: 'Mina', target: think, args: [says, answers] });
  mina.start();
  ${get}
  ${join}
  return answer;
}`;

export default {
  'dinner-with-forks': {
    right: [
      dinner('right, left', 'right, left'),
      `async function eatWithPermission(may: Lock, first: Lock, second: Lock) {
  await may.with(() => eatFast(first, second));
}
async function dinner() {
${FORKS}
  const may = new Lock({ name: 'may' });
  ${child('Ada', 'eatWithPermission', 'may, left, right')}
  ${child('Bob', 'eatWithPermission', 'may, right, left')}
  ada.start(); bob.start();
  await ada.join(); await bob.join();
}`,
    ],
    wrong: [
      // Exchanged is not the same.
      [dinner('right, left', 'left, right'), /Ada and Bob wait for each other for ever/],
      // One after the other.
      [
        dinner('left, right', 'right, left', {
          run: 'ada.start(); await ada.join(); bob.start(); await bob.join();',
        }),
        /Bob is started only after the end of Ada/,
      ],
      // A fork each.
      [
        dinner('left', 'right', {
          eat: "(fork: Lock) => fork.with(() => console.log(currentProcess().name + ' eats'))",
        }),
        /prints "Ada eats" with 1 of 2 locks in hand|prints "Bob eats" with 1 of 2 locks in hand/,
      ],
      // Forks of their own.
      [
        dinner('', '', { eat: '() => eatFast(new Lock(), new Lock())' }),
        /prints "Bob eats" with other locks in hand than Ada had for "Ada eats": it takes the same 2 locks/,
      ],
      // No fork at all.
      [dinner('', '', { eat: "() => console.log(currentProcess().name + ' eats')" }), /with no lock in hand/],
      // Nobody waits for the children.
      [
        dinner('left, right', 'left, right', { run: 'ada.start(); bob.start();' }),
        /MainProcess ends without join\(\) of Ada, Bob/,
      ],
      // Bob stays at home.
      [
        dinner('left, right', 'right, left', { run: 'ada.start(); await ada.join();' }),
        /"Bob eats" is never printed/,
      ],
      // The parent says it.
      [
        "const dinner = () => { console.log('Ada eats'); console.log('Bob eats'); };",
        /the parent prints "Ada eats"/,
      ],
      // The same fork twice.
      [dinner('left, left', 'left, left'), /It holds left .* itself/],
    ],
  },
  collect: {
    right: [
      collect(`await baker.join(); for (let i = 0; i < 3; i++) ${GET}`, 'new Queue<number>()'),
      collect(`const ended = baker.join(); ${GET} ${GET} ${GET} await ended;`),
    ],
    wrong: [
      [collect(`for (let i = 0; i < 3; i++) ${GET}`), /ends without join\(\) of/],
      // Only as many as the shelf has room for.
      [collect(`for (let i = 0; i < 2; i++) ${GET} await baker.join();`), /it returns 3 instead of 6/],
      // A shelf for two is too small as well.
      [
        collect(`await baker.join(); for (let i = 0; i < 3; i++) ${GET}`, 'new Queue<number>(2)'),
        /cannot end: it waits in Queue\.put\(\)/,
      ],
      // One too many.
      [collect(`for (let i = 0; i < 4; i++) ${GET} await baker.join();`), /waits in Queue\.get\(\)/],
      // Empty now does not mean empty for ever.
      [collect(`while (!shelf.empty()) ${GET} await baker.join();`), /never ends|it returns/],
      ['const collect = () => 6;', /a child puts 0 messages, not 3/],
      // Taken, and then a number that stood ready.
      [
        collect(`for (let i = 0; i < 3; i++) ${GET} await baker.join(); sum = 6;`),
        /it returns 6 whatever the children send, so they work for nothing/,
      ],
      [
        `async function collect() {
  const shelf = new Queue<number>(3);
  await bake(shelf);
  return (await shelf.get()) + (await shelf.get()) + (await shelf.get());
}`,
        /a child puts 0 messages/,
      ],
    ],
  },
  office: {
    right: [
      office(ENDING, `${PUT} await jobs.put(null); await worker.join();`),
      office(
        "for (let i = 0; i < 2; i++) console.log('did ' + (await jobs.get()));",
        `${PUT} await worker.join();`,
      ),
    ],
    wrong: [
      // The parent says the end, the worker does not hear it.
      [
        office(ENDLESS, `${PUT} await jobs.put(null); await worker.join();`),
        /Worker waits in Queue\.get\(\) for an item of jobs/,
      ],
      // The worker would hear it, nobody says it.
      [office(ENDING, `${PUT} await worker.join();`), /Put as many items as are taken/],
      // Printed before it is looked at.
      [
        office(
          "for (let job: string | null = '?'; job !== null; ) console.log('did ' + (job = await jobs.get()));",
          `${PUT} await jobs.put(null); await worker.join();`,
        ),
        /it prints "did A", "did B", "did null" instead/,
      ],
      // Ended by force.
      [office(ENDLESS, `${PUT} worker.terminate(); await worker.join();`), /it prints|exit code/],
      // The sentinel first.
      [
        office(
          ENDING,
          `worker.start(); await jobs.put(null); await jobs.put('A'); await jobs.put('B'); await worker.join();`,
        ),
        /it prints nothing instead of/,
      ],
      [office(ENDING, `${PUT} await jobs.put(null);`), /ends without join\(\) of Worker/],
      // Two sentinels for one worker.
      [
        office(ENDING, `${PUT} await jobs.put(null); await jobs.put(null); await worker.join();`),
        /1 message is left in jobs/,
      ],
      ["const office = () => console.log('did A\\ndid B');", /the parent prints/],
    ],
  },
  shop: {
    right: [
      sell('using held = await till.acquire();', SAY),
      sell('await till.acquire();', `try { ${SAY} } finally { till.release(); }`),
      sell('till.acquireSync();', SAY, 'till.release();'),
    ],
    wrong: [
      // The other way out now forgets it.
      [
        sell(
          'await till.acquire();',
          "if (wanted > 3) { console.log('too many'); till.release(); return; }",
          "console.log('sold');",
        ),
        /Seller ends with a lock that it has never released/,
      ],
      [sell('await till.acquire();', SAY), /It holds till .* itself/],
      // Nothing repaired, and not waited for.
      [
        sell(
          'await till.acquire({ timeout: 1000 });',
          "if (wanted > 3) { console.log('too many'); return; }",
          "console.log('sold');",
          'till.release();',
        ),
        /prints "sold" without having given the lock back after "too many"/,
      ],
      [
        sell(`await till.with(() => { if (wanted > 3) console.log('too many\\nsold'); });`),
        /without having given the lock back after "too many"/,
      ],
      // A till for each customer.
      [
        sell(`await new Lock().with(() => { ${SAY} });`),
        /prints "sold" with other locks in hand than for "too many": it takes the same lock/,
      ],
      [sell(SAY), /prints "too many" with no lock in hand/],
      // Released twice for who wants too many.
      [
        sell('await till.acquire();', 'if (wanted > 3) till.release();', SAY, 'till.release();'),
        /with no lock in hand|ends with exit code 1/,
      ],
      // For these two customers only.
      [
        sell("await till.with(() => console.log(wanted === 5 ? 'too many' : 'sold'));"),
        /I called it with \(\[ 3, 4, 1 \]\): in its only order it prints "sold", "sold", "sold" instead of "sold", "too many", "sold"/,
      ],
      [
        sell("await till.with(() => console.log(wanted > 2 ? 'too many' : 'sold'));"),
        /\[ 3, 4, 1 \].* it prints "too many", "too many", "sold" instead of/,
      ],
      // Who wants too much hears nothing.
      [
        sell('if (wanted > 3) return;', "await till.with(() => console.log('sold'));"),
        /it prints "sold" instead of "too many", "sold"/,
      ],
      [sell('till.release();', SAY), /ends with exit code 1.*NotHeldError/],
      ["const shop = () => { console.log('too many'); console.log('sold'); };", /the parent prints/],
    ],
  },
  trip: {
    right: [
      trip("const answer = await answers.get({ timeout: 5000 }).catch(() => 'no answer');"),
      trip("await mina.join(); const answer = answers.empty() ? 'no answer' : await answers.get();", ''),
    ],
    wrong: [
      [trip('const answer = await answers.get();'), /waits in Queue\.get\(\) for an item of answers/],
      // Nobody catches the error.
      [trip('const answer = await answers.get({ timeout: 1000 });'), /QueueEmptyError/],
      // Too impatient.
      [
        trip("const answer = await answers.get({ timeout: 10 }).catch(() => 'no answer');"),
        /the friend answers after 100 ms, and the parent gives up before/,
      ],
      // The answer is not waited for at all.
      [
        trip("const answer = 'no answer';"),
        /the friend puts an answer into the queue after 100 ms, and the parent never takes it out/,
      ],
      [
        trip("const answer = await answers.get({ timeout: 1000 }).catch(() => '');"),
        /it returns '', which is neither 'gladly' nor 'no answer'/,
      ],
      [
        trip("const answer = await answers.get({ timeout: 1000 }).catch(() => 'no answer');", ''),
        /ends without join\(\) of Mina/,
      ],
      // The answer is known before she thinks.
      [
        trip(
          "let answer = 'no answer'; try { await answers.get({ timeout: 1000 }); answer = says; } catch {}",
        ),
        /it returns 'gladly' whatever the friend puts into the queue/,
      ],
      [
        trip(
          "let answer = 'no answer'; try { await answers.get({ timeout: 1000 }); answer = 'gladly'; } catch {}",
        ),
        /it returns 'gladly' whatever|it returns 'gladly', which is neither 'not today'/,
      ],
      ["const trip = () => 'gladly';", /no process is started; it must be 1/],
      // The parent thinks in her place.
      [
        `async function trip(says: string) {
  const answers = new Queue<string>();
  await think(says, answers);
  return answers.empty() ? 'no answer' : await answers.get();
}`,
        /no process is started; it must be 1/,
      ],
      // Heard and forgotten.
      [
        trip("const answer = 'no answer'; try { await answers.get({ timeout: 1000 }); } catch {}"),
        /the parent takes 'gladly' out of the queue and never returns it/,
      ],
      // The wait for her end is limited, too.
      [
        trip(
          "const answer = await answers.get({ timeout: 1000 }).catch(() => 'no answer');",
          'await mina.join({ timeout: 1000 });',
        ),
        /the timeout of join\(\) is over before Mina has ended/,
      ],
      // What is promised is not what is said.
      [
        trip(
          "let answer = 'no answer'; try { await answers.get({ timeout: 1000 }); answer = 'yes'; } catch {}",
        ),
        /it returns 'yes', which is neither/,
      ],
    ],
  },
} satisfies Record<string, Answers>;
