// Each requirement against programs: right ones of several forms hold, wrong ones hear what is wrong with them.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Lock, Process, Queue, RawArray, RawValue, Semaphore, ShareableList, Value, wait } from '../../src';
import { endExplorer } from '../../src/explore/explorer/explorer';
import {
  atLeastAtOnce,
  byOwnChild,
  check,
  everythingJoined,
  exactlyOnce,
  mutualExclusion,
  noDeadlock,
  nothingLeft,
  prints,
  type Requirement,
  returns,
  startedTogether,
  startsChildren,
  wholeLines,
} from '../../src/tutorial';
import { neverBelow } from '../../src/tutorial/orders/changes';
import { nothingLeft as nothingLeftRunning } from '../support/processes/nothing-left';
import '../support/processes/quiet-children';

type Program = () => unknown;

/** Starts one child for each function, and waits for all. */
async function together(...targets: (() => unknown)[]): Promise<void> {
  const children = targets.map((target) => new Process({ target }));
  for (const child of children) child.start();
  for (const child of children) await child.join();
}

async function oneByOne(...targets: (() => unknown)[]): Promise<void> {
  for (const target of targets) {
    const child = new Process({ target });
    child.start();
    await child.join();
  }
}

const say = (text: string) => () => console.log(text);
const sayInPieces =
  (...pieces: string[]) =>
  () => {
    for (const piece of pieces) process.stdout.write(piece);
  };
const work = () => new Promise((done) => setTimeout(done, 1000));

describe('exactlyOnce: each hole is dug once', () => {
  const wanted = [exactlyOnce('hole 0', 'hole 1')];
  judge(
    wanted,
    {
      'one child for each': () => together(say('hole 0'), say('hole 1')),
      'one child for both': () =>
        together(() => {
          for (const hole of [0, 1]) console.log(`hole ${hole}`);
        }),
      'in pieces, under a lock': () => {
        const lock = new Lock();
        const dig = (hole: number) => {
          using _held = lock.acquireSync();
          process.stdout.write('hole ');
          process.stdout.write(`${hole}\n`);
        };
        return together(
          () => dig(0),
          () => dig(1),
        );
      },
    },
    {
      'a hole is missing': [() => together(say('hole 0')), 'in its only order "hole 1" is never printed.'],
      'a hole is dug by two': [
        () => together(say('hole 0'), say('hole 0'), say('hole 1')),
        'in every order "hole 0" is printed 2 times, not once.',
      ],
      'the same number for both': [
        () => together(say('hole 1'), say('hole 1')),
        'in every order "hole 0" is never printed.',
      ],
      'in pieces, without a lock': [
        () => together(sayInPieces('hole ', '0\n'), sayInPieces('hole ', '1\n')),
        'in 4 of 6 orders "hole 0" is never printed.',
      ],
      'who finds the place free digs, and two find it free': [
        () => {
          const isDug = new RawValue('int32', 0);
          const dig = () => {
            if (isDug.value === 1) return;
            isDug.value = 1;
            console.log('hole 0');
          };
          return together(dig, dig, say('hole 1'));
        },
        /^in [\d,]+ of [\d,]+ orders "hole 0" is printed 2 times, not once\.$/,
      ],
    },
  );
});

describe('prints: these lines and no others', () => {
  judge(
    [prints(['ping', 'pong'])],
    {
      'one prints both': () =>
        together(() => {
          for (const word of ['ping', 'pong']) console.log(word);
        }),
      'one after the other': () => oneByOne(say('ping'), say('pong')),
      'a message is waited for': () => {
        const queue = new Queue<string>();
        return together(
          () => {
            console.log('ping');
            queue.putNowait('go');
          },
          () => {
            queue.getSync();
            console.log('pong');
          },
        );
      },
    },
    {
      'both at the same time': [
        () => together(say('ping'), say('pong')),
        'in 1 of 2 orders it prints "pong", "ping" instead of "ping", "pong".',
      ],
      'the wrong order': [
        () => oneByOne(say('pong'), say('ping')),
        'in its only order it prints "pong", "ping" instead of "ping", "pong".',
      ],
      'one line': [
        () => together(say('ping')),
        'in its only order it prints "ping" instead of "ping", "pong".',
      ],
      nothing: [() => undefined, 'in its only order it prints nothing instead of "ping", "pong".'],
      'a pause in place of waiting': [
        () =>
          together(say('ping'), async () => {
            await work();
            console.log('pong');
          }),
        'in 1 of 2 orders it prints "pong", "ping" instead of "ping", "pong".',
      ],
    },
  );
  judge(
    [prints(['a', 'b'], { anyOrder: true })],
    {
      'in any order': () => together(say('a'), say('b')),
    },
    {
      'one too many': [
        () => together(say('a'), say('b'), say('b')),
        'in every order it prints "a", "b", "b" instead of "a", "b", in any order.',
      ],
    },
  );
});

describe('wholeLines: no line is torn', () => {
  judge(
    [wholeLines()],
    {
      'one piece for each line': () => together(say('Hello Ada'), say('Hello Bob')),
      'pieces under one lock': () => {
        const lock = new Lock();
        const greet = () => {
          using _held = lock.acquireSync();
          sayInPieces('Hello ', 'you\n')();
        };
        return together(greet, greet);
      },
      'one after the other': () => oneByOne(sayInPieces('Hello ', 'Ada\n'), sayInPieces('Hello ', 'Bob\n')),
    },
    {
      'pieces without a lock': [
        () => together(sayInPieces('Hello ', 'Ada\n'), sayInPieces('Hello ', 'Bob\n')),
        'in 4 of 6 orders it goes wrong. In the shortest of them Process-2 prints into a line of Process-1 that is not ended.',
      ],
      'a lock for each': [
        () => {
          const greet = (name: string) => {
            const lock = new Lock();
            using _held = lock.acquireSync();
            sayInPieces('Hello ', `${name}\n`)();
          };
          return together(
            () => greet('Ada'),
            () => greet('Bob'),
          );
        },
        /In the shortest of them Process-2 prints into a line of Process-1 that is not ended\.$/,
      ],
      'only one takes the lock': [
        () => {
          const lock = new Lock();
          return together(
            () => {
              using _held = lock.acquireSync();
              sayInPieces('Hello ', 'Ada\n')();
            },
            sayInPieces('Hello ', 'Bob\n'),
          );
        },
        /prints into a line of Process-\d that is not ended\.$/,
      ],
      'the lock is given back too early': [
        () => {
          const lock = new Lock();
          const greet = () => {
            lock.acquireSync();
            process.stdout.write('Hello ');
            lock.release();
            process.stdout.write('you\n');
          };
          return together(greet, greet);
        },
        /prints into a line of Process-\d that is not ended\.$/,
      ],
      'the end of the line is forgotten': [
        () => together(sayInPieces('Hello Ada'), say('Hello Bob')),
        'in 1 of 2 orders Process-2 prints into a line of Process-1 that is not ended.',
      ],
    },
  );
});

describe('neverBelow: also for an element that is not the first', () => {
  const takes = (seats: { [at: number]: number }, at: number) => () => {
    seats[at] = Number(seats[at]) - 1;
  };
  judge(
    [neverBelow(0)],
    {
      'enough of them': () => {
        const seats = new RawArray('int32', [0, 0, 2]);
        return together(takes(seats, 2), takes(seats, 2));
      },
    },
    {
      'one too few': [
        () => {
          const seats = new RawArray('int32', [0, 0, 1]);
          return together(takes(seats, 2), () => {
            seats[2] = -1;
          });
        },
        /must never be below 0\.$/,
      ],
    },
  );
});

describe('mutualExclusion: one at a time changes an item of a list', () => {
  const adds = (list: ShareableList, at: number) => () => list.set(at, Number(list.get(at)) + 1);
  judge(
    [mutualExclusion()],
    {
      'each its own': () => {
        const list = new ShareableList([0, 0]);
        return together(adds(list, 0), adds(list, 1));
      },
    },
    {
      'both the second': [
        () => {
          const list = new ShareableList([0, 0]);
          return together(adds(list, 1), adds(list, 1));
        },
        /between the reading and the writing of/,
      ],
    },
  );
});

describe('mutualExclusion: one at a time changes a shared value', () => {
  const counted = (add: (counter: { value: number }) => void) => () => {
    const counter = new RawValue('int32', 0);
    return together(
      () => add(counter),
      () => add(counter),
    );
  };
  judge(
    [mutualExclusion()],
    {
      'the lock of the Value': () => {
        const counter = new Value('int32', 0);
        const add = () => {
          using _held = counter.getLock().acquireSync();
          counter.value += 1;
        };
        return together(add, add);
      },
      'a lock beside it': () => {
        const lock = new Lock();
        return counted((counter) => {
          using _held = lock.acquireSync();
          counter.value += 1;
        })();
      },
      'a semaphore of one': () => {
        const only = new Semaphore(1);
        return counted((counter) => {
          only.acquireSync();
          counter.value += 1;
          only.release();
        })();
      },
      'one after the other': () => {
        const counter = new RawValue('int32', 0);
        const add = () => {
          counter.value += 1;
        };
        return oneByOne(add, add);
      },
    },
    {
      'no lock': [
        counted((counter) => {
          counter.value += 1;
        }),
        /^in 4 of 6 orders it goes wrong\. In the shortest of them Process-2 writes .* between the reading and the writing of Process-1\.$/,
      ],
      'a lock for each': [
        counted((counter) => {
          const lock = new Lock();
          using _held = lock.acquireSync();
          counter.value += 1;
        }),
        /Process-2 writes .* between the reading and the writing of Process-1\.$/,
      ],
      'the lock around the write only': [
        () => {
          const lock = new Lock();
          return counted((counter) => {
            const seen = counter.value;
            using _held = lock.acquireSync();
            counter.value = seen + 1;
          })();
        },
        /between the reading and the writing of Process-\d\.$/,
      ],
      'a semaphore of two': [
        () => {
          const two = new Semaphore(2);
          return counted((counter) => {
            two.acquireSync();
            counter.value += 1;
            two.release();
          })();
        },
        /between the reading and the writing of Process-\d\.$/,
      ],
      'only one takes the lock': [
        () => {
          const lock = new Lock();
          const counter = new RawValue('int32', 0);
          return together(
            () => {
              using _held = lock.acquireSync();
              counter.value += 1;
            },
            () => {
              counter.value += 1;
            },
          );
        },
        /between the reading and the writing of Process-\d\.$/,
      ],
    },
  );

  const alone = mutualExclusion({ from: /in/, to: /out/ });
  const bath =
    (enter: () => void = () => {}, leave: () => void = () => {}) =>
    () => {
      enter();
      console.log('in');
      console.log('out');
      leave();
    };
  judge(
    [alone],
    {
      'one after the other': () => oneByOne(bath(), bath()),
      'under a lock': () => {
        const lock = new Lock();
        const visit = () => {
          using _held = lock.acquireSync();
          bath()();
        };
        return together(visit, visit);
      },
      alone: () => together(bath()),
    },
    {
      'without a lock': [
        () => together(bath(), bath()),
        'in 4 of 6 orders it goes wrong. In the shortest of them Process-2 goes in while Process-1 is still inside.',
      ],
      'a semaphore of two': [
        () => {
          const two = new Semaphore(2);
          const visit = () => {
            two.acquireSync();
            bath()();
            two.release();
          };
          return together(visit, visit);
        },
        /Process-2 goes in while Process-1 is still inside\.$/,
      ],
    },
  );
});

describe('everythingJoined: nobody is left behind', () => {
  const child = () => new Process({ target: () => {} });
  judge(
    [everythingJoined()],
    {
      'start all, join all': () => together(work, work),
      'start, join, start, join': () => oneByOne(work, work),
      'nobody is started': () => undefined,
      joinSync: () => {
        const only = child();
        only.start();
        only.joinSync();
      },
    },
    {
      'no join': [() => child().start(), 'in its only order MainProcess ends without join() of Process-1.'],
      'the first is joined twice': [
        async () => {
          const [first, second] = [child(), child()];
          first.start();
          second.start();
          await first.join();
          await first.join();
        },
        'in its only order MainProcess ends without join() of Process-2.',
      ],
      'the last in the loop only': [
        async () => {
          let last = child();
          for (let i = 0; i < 3; i++) {
            last = child();
            last.start();
          }
          await last.join();
        },
        /^in its only order MainProcess ends without join\(\) of Process-\d, Process-\d\.$/,
      ],
      'a grandchild is not joined': [
        () => together(() => new Process({ target: () => {}, name: 'Grandchild' }).start()),
        'in its only order Process-1 ends without join() of Grandchild.',
      ],
      'a result is taken, and the process forgotten': [
        () => {
          const results = new Queue<number>();
          new Process({ target: () => results.putNowait(1) }).start();
          return results.getSync();
        },
        'in its only order MainProcess ends without join() of Process-1.',
      ],
    },
  );
});

describe('nothingLeft: every message is taken', () => {
  const send = (queue: Queue<number>, count: number) => () => {
    for (let i = 0; i < count; i++) queue.putNowait(i);
  };
  const take = (queue: Queue<number>, count: number) => () => {
    for (let i = 0; i < count; i++) queue.getSync();
  };
  judge(
    [nothingLeft()],
    {
      'as many taken as sent': () => {
        const queue = new Queue<number>();
        return together(send(queue, 2), take(queue, 2));
      },
      'the parent takes': () => {
        const queue = new Queue<number>();
        new Process({ target: send(queue, 1) }).start();
        return queue.getSync();
      },
      'nothing is sent': () => together(() => {}),
    },
    {
      'nobody takes': [
        () => {
          const queue = new Queue<number>(0, { name: 'letters' });
          return together(send(queue, 1));
        },
        'in its only order 1 message is left in letters.',
      ],
      'one too few taken': [
        () => {
          const queue = new Queue<number>(0, { name: 'letters' });
          return together(send(queue, 2), take(queue, 1));
        },
        'in every order 1 message is left in letters.',
      ],
      'a sentinel too many': [
        () => {
          const queue = new Queue<string>(0, { name: 'jobs' });
          for (const job of ['wash', 'DONE', 'DONE']) queue.putNowait(job);
          return together(() => {
            while (queue.getSync() !== 'DONE');
          });
        },
        'in its only order 1 message is left in jobs.',
      ],
      'one looks whether there is something, too early': [
        () => {
          const queue = new Queue<number>(0, { name: 'letters' });
          return together(send(queue, 1), () => {
            if (!queue.empty()) queue.getSync();
          });
        },
        /^in \d+ of \d+ orders 1 message is left in letters\.$/,
      ],
      'one of two results': [
        () => {
          const results = new Queue<number>(0, { name: 'results' });
          for (let i = 0; i < 2; i++) new Process({ target: send(results, 1) }).start();
          return results.getSync();
        },
        'in every order 1 message is left in results.',
      ],
    },
  );
});

describe('noDeadlock: nobody waits for ever', () => {
  const both = (first: Lock, second: Lock) => () => {
    using _one = first.acquireSync();
    using _two = second.acquireSync();
  };
  judge(
    [noDeadlock()],
    {
      'the same order everywhere': () => {
        const [left, right] = [new Lock(), new Lock()];
        return together(both(left, right), both(left, right));
      },
      'one after the other': () => {
        const [left, right] = [new Lock(), new Lock()];
        return oneByOne(both(left, right), both(right, left));
      },
      'a guard around both': () => {
        const [left, right, guard] = [new Lock(), new Lock(), new Lock()];
        const eat = (first: Lock, second: Lock) => () => {
          using _guard = guard.acquireSync();
          both(first, second)();
        };
        return together(eat(left, right), eat(right, left));
      },
    },
    {
      'each has what the other wants': [
        () => {
          const [left, right] = [new Lock({ name: 'left' }), new Lock({ name: 'right' })];
          return together(both(left, right), both(right, left));
        },
        /^in 2 of \d+ orders it never ends: .*Process-1.*left.*right/,
      ],
      'a lock is taken twice': [
        () => {
          const lock = new Lock({ name: 'door' });
          lock.acquireSync();
          lock.acquireSync();
        },
        /^in its only order it never ends: MainProcess .*door/,
      ],
      'nobody puts': [
        () => new Queue(0, { name: 'letters' }).getSync(),
        /^in its only order it never ends: .*letters/,
      ],
      'the lock is not given back': [
        () => {
          const lock = new Lock({ name: 'door' });
          const enter = () => {
            lock.acquireSync();
          };
          return together(enter, async () => {
            await work();
            lock.acquireSync();
            await new Promise(() => {});
          });
        },
        /^in /,
      ],
      'one sentinel for two workers': [
        () => {
          const jobs = new Queue<string>(0, { name: 'jobs' });
          jobs.putNowait('DONE');
          const worker = () => {
            while (jobs.getSync() !== 'DONE');
          };
          return together(worker, worker);
        },
        /^in every order it .* never ends: .*jobs/,
      ],
    },
  );
});

describe('atLeastAtOnce: work is done at the same time', () => {
  judge(
    [atLeastAtOnce(2)],
    {
      'start all, join all': () => together(work, work),
      'the lock around the printing only': () => {
        const lock = new Lock();
        const dig = async () => {
          await work();
          using _held = await lock.acquire();
          console.log('dug');
        };
        return together(dig, dig);
      },
      'two of three at a time': () => {
        const two = new Semaphore(2);
        const dig = async () => {
          await two.acquire();
          await work();
          two.release();
        };
        return together(dig, dig, dig);
      },
      'a task for each child, which starts and joins it': () => Promise.all([1, 2].map(() => oneByOne(work))),
      'the parent works, too': async () => {
        const child = new Process({ target: work });
        child.start();
        await work();
        await child.join();
      },
    },
    {
      'start, join, start, join': [
        () => oneByOne(work, work),
        'at most 1 process is at work at a time; it must be 2.',
      ],
      'a lock around everything': [
        () => {
          const lock = new Lock();
          const dig = async () => {
            using _held = await lock.acquire();
            await work();
          };
          return together(dig, dig);
        },
        'at most 1 process is at work at a time; it must be 2.',
      ],
      'the parent does it all': [
        async () => {
          await work();
          await work();
        },
        'at most 1 process is at work at a time; it must be 2.',
      ],
      'one process sleeps twice at the same time': [
        () => Promise.all([work(), work()]),
        'at most 1 process is at work at a time; it must be 2.',
      ],
      'so does a child': [
        () => together(() => Promise.all([work(), work()])),
        'at most 1 process is at work at a time; it must be 2.',
      ],
      'a message comes when all is done': [
        () => {
          const done = new Queue<number>();
          return together(
            async () => {
              await work();
              done.putNowait(1);
            },
            async () => {
              await done.get();
              await work();
            },
          );
        },
        'at most 1 process is at work at a time; it must be 2.',
      ],
      'nobody works': [
        () => together(say('a'), say('b')),
        'no process is ever at work: none of them sleeps, so nothing takes time. The work is what sleeps: keep it, and call it.',
      ],
    },
  );
});

describe('byOwnChild: each child prints its own', () => {
  judge(
    [byOwnChild(/^Ada/, /^Bob/)],
    {
      'one child for each': () => together(say('Ada comes'), say('Bob comes')),
      'several lines, and pieces': () =>
        together(sayInPieces('Ada', ' comes\n', 'Ada goes\n'), sayInPieces('Bob', ' comes\n')),
      'two children for one': () => together(say('Ada comes'), say('Ada goes'), say('Bob comes')),
      'one after the other': () => oneByOne(say('Ada comes'), say('Bob comes')),
      'the parent says something else': () => {
        console.log('Hello, Ada');
        return together(say('Ada comes'), say('Bob comes'));
      },
    },
    {
      'the parent prints': [
        () => {
          console.log('Ada comes');
          return together(say('Bob comes'));
        },
        'in its only order the parent prints "Ada comes": that is the work of a child.',
      ],
      'one child for both': [
        () =>
          together(() => {
            for (const name of ['Ada', 'Bob']) console.log(`${name} comes`);
          }),
        'in its only order Process-1 prints "Ada comes" and "Bob comes", too: each needs a process of its own.',
      ],
      'the child of one speaks for the other': [
        () => together(sayInPieces('Ada comes\n', 'Bob comes\n'), say('Bob goes')),
        'in every order Process-1 prints "Ada comes" and "Bob comes", too: each needs a process of its own.',
      ],
      'who comes first takes the work of the other': [
        () => {
          const isTaken = new RawValue('int32', 0);
          const first = () => {
            console.log('Ada comes');
            if (isTaken.value === 0) console.log('Bob comes');
          };
          const second = () => {
            isTaken.value = 1;
            console.log('Bob comes');
          };
          return together(first, second);
        },
        /^in \d+ of \d+ orders Process-1 prints "Ada comes" and "Bob comes", too/,
      ],
      'a child of a child does the work of two': [
        () =>
          together(() => {
            const both = () => {
              for (const name of ['Ada', 'Bob']) console.log(`${name} comes`);
            };
            new Process({ name: 'Grandchild', target: both }).start();
          }),
        'in its only order Grandchild prints "Ada comes" and "Bob comes", too: each needs a process of its own.',
      ],
    },
  );
});

describe('startedTogether: children run at the same time', () => {
  judge(
    [startedTogether()],
    {
      'start all, then join all': () => together(say('a'), say('b')),
      'nobody is joined': () => {
        for (const text of ['a', 'b']) new Process({ target: say(text) }).start();
      },
      'two and two': async () => {
        await together(say('a'), say('b'));
        await together(say('c'), say('d'));
      },
      'one child alone': () => together(say('a')),
      'no child': () => 1,
    },
    {
      'one by one': [
        () => oneByOne(say('a'), say('b'), say('c')),
        'Process-2 is started only after the end of Process-1, so they never run at the same time.',
      ],
      'one by one, with joinSync': [
        () => {
          for (const text of ['a', 'b']) {
            const child = new Process({ target: say(text) });
            child.start();
            child.joinSync();
          }
        },
        'Process-2 is started only after the end of Process-1, so they never run at the same time.',
      ],
      'one by one, and they sleep': [
        () => oneByOne(work, work),
        'Process-2 is started only after the end of Process-1, so they never run at the same time.',
      ],
      'all made first': [
        async () => {
          const both = ['a', 'b'].map((name) => new Process({ name, target: say(name) }));
          for (const each of both) {
            each.start();
            await each.join();
          }
        },
        'b is started only after the end of a, so they never run at the same time.',
      ],
    },
  );
});

describe('startsChildren: so many processes, and no others', () => {
  const nothing = () => {};
  judge(
    [startsChildren(2)],
    {
      'both at once': () => together(nothing, nothing),
      'one after the other': () => oneByOne(nothing, nothing),
      'a child and a grandchild': () => together(() => oneByOne(nothing)),
    },
    {
      'a plain call': [() => nothing(), 'in its only order no process is started; it must be 2.'],
      'a plan only': [
        () => void new Process({ target: nothing }),
        'in its only order no process is started; it must be 2.',
      ],
      'one too few': [() => together(nothing), 'in its only order 1 process is started; it must be 2.'],
      'one too many': [
        () => together(nothing, nothing, nothing),
        'in its only order 3 processes are started; it must be 2.',
      ],
      'as many as somebody else says': [
        () => {
          const count = new RawValue('int32', 0);
          return together(
            () => {
              count.value = 1;
            },
            () => (count.value === 1 ? oneByOne(nothing) : undefined),
          );
        },
        'in 1 of 2 orders 3 processes are started; it must be 2.',
      ],
    },
  );
});

describe('returns: the same value in every order', () => {
  const counting = (add: (counter: { value: number }, lock: Lock) => void) => async () => {
    const counter = new RawValue('int32', 0);
    const lock = new Lock();
    await together(
      () => add(counter, lock),
      () => add(counter, lock),
    );
    return counter.value;
  };
  judge(
    [returns(2)],
    {
      'under a lock': counting((counter, lock) => {
        using _held = lock.acquireSync();
        counter.value += 1;
      }),
      'by messages': () => {
        const ones = new Queue<number>();
        for (let i = 0; i < 2; i++) new Process({ target: () => ones.putNowait(1) }).start();
        return ones.getSync() + ones.getSync();
      },
      'without processes': () => 2,
    },
    {
      'no lock': [
        counting((counter) => {
          counter.value += 1;
        }),
        'in 4 of 6 orders it returns 1 instead of 2.',
      ],
      'the lock around the write only': [
        counting((counter, lock) => {
          const seen = counter.value;
          using _held = lock.acquireSync();
          counter.value = seen + 1;
        }),
        /^in \d+ of \d+ orders it returns 1 instead of 2\.$/,
      ],
      'nothing comes back': [() => {}, 'in its only order it returns undefined instead of 2.'],
      "a variable of one's own": [
        async () => {
          let count = 0;
          await together(
            () => count++,
            () => count++,
          );
          return count;
        },
        'in its only order it returns 0 instead of 2.',
      ],
      'without waiting': [
        () => {
          const counter = new RawValue('int32', 0);
          const add = () => {
            counter.value += 2;
          };
          new Process({ target: add }).start();
          return counter.value;
        },
        /^in \d of \d orders it returns 0 instead of 2\.$/,
      ],
    },
  );
});

after(() => {
  endExplorer();
  return nothingLeftRunning();
});

function judge(
  requirements: readonly Requirement[],
  right: Record<string, Program>,
  wrong: Record<string, [Program, string | RegExp]>,
): void {
  for (const [what, program] of Object.entries(right)) {
    test(`holds: ${what}`, async () => {
      const verdict = await check(program, requirements);
      assert.equal(verdict.passed, true, String(verdict));
    });
  }
  for (const [what, [program, sentence]] of Object.entries(wrong)) {
    test(`does not hold: ${what}`, async () => {
      const verdict = await check(program, requirements);
      assert.equal(verdict.passed, false, String(verdict));
      if (typeof sentence === 'string') assert.equal(verdict.sentence, sentence, String(verdict));
      else assert.match(verdict.sentence, sentence, String(verdict));
    });
  }
}

test('a table without rows has no title, and the end of a loop is told as that', async () => {
  const spin = () => {
    for (;;);
  };
  const { counterExample } = await check(spin, [everythingJoined()]);
  assert.equal(String(counterExample), 'So MainProcess goes on for ever.');
  assert.match(
    String(counterExample?.toHtml()),
    /^<div[^>]*><b>So MainProcess goes on for ever\.<\/b><\/div>$/,
  );
});

test('what wait() waits for is named', async () => {
  const pair = () => [
    new Process({ target: () => {}, name: 'Ada' }),
    new Process({ target: () => {}, name: 'Bob' }),
  ];
  const one = async () => {
    const both = pair();
    for (const process of both) process.start();
    await wait([(both[0] as Process).sentinel]);
  };
  const any = async () => {
    const both = pair();
    for (const process of both) process.start();
    await wait(both.map(({ sentinel }) => sentinel));
  };
  const told = async (program: () => unknown) =>
    String((await check(program, [everythingJoined()])).counterExample);
  assert.match(await told(one), /waits for the end of Ada *\n/);
  assert.match(await told(any), /waits for the end of Ada or the end of Bob *\n/);
});

test('an order in which processes only begin and end shows these', async () => {
  const hasty = () => new Process({ target: () => {}, name: 'Ada' }).start();
  const { counterExample } = await check(hasty, [everythingJoined()]);
  assert.match(
    String(counterExample),
    /1 {2}starts Ada\n.*ends\n.*ends\n.*So MainProcess ends without join\(\) of Ada\.$/s,
  );
  assert.match(String(counterExample?.toHtml()), /It happens so:.*<img /s);
});
