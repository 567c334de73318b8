// The checks of the exercises, with real children: right answers of several forms pass, wrong ones hear what is wrong.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { currentProcess } from '../../src/identity/current-process';
import { Process } from '../../src/process/process';
import {
  checkGreeters,
  checkParentFirst,
  checkSquares,
  checkThreeGreeters,
  type Verdict,
} from '../../src/tutorial';
import { nothingLeft } from '../support/processes/nothing-left';
import '../support/processes/quiet-children';

const pid = () => currentProcess().pid;
const eat = () => console.log('I eat');
const hi = () => console.log(`Hi! I am process ${pid()}`);
const greet = (name: string) => console.log(`Hello ${name}, I am process ${pid()}`);
const square = (n: number) => console.log(`${n} times ${n} is ${n * n}`);

describe('the check of notebook 01, parent first', () => {
  holds(checkParentFirst, {
    'prints, then starts': () => {
      console.log('I cook');
      new Process({ target: eat }).start();
    },
    'creates, prints, then starts': () => {
      const guest = new Process({ target: eat });
      console.log('I cook');
      guest.start();
    },
    'is async and waits for the child': async () => {
      console.log('First, I cook');
      const guest = new Process({ target: () => console.log('Then I eat') });
      guest.start();
      await guest.join();
    },
    'prints more than it must': () => {
      process.stdout.write('I ');
      process.stdout.write('wash; I cook\n');
      new Process({ target: eat }).start();
      console.log('I rest');
    },
  });
  refuses(checkParentFirst, {
    'starts, then prints': [
      () => {
        new Process({ target: eat }).start();
        console.log('I cook');
      },
      /in 1 of 2 orders "I eat" is printed before "I cook"/,
    ],
    'does nothing': [() => {}, /no child was made/],
    'lets the parent eat': [
      () => {
        console.log('I cook');
        eat();
      },
      /the parent who ate/,
    ],
    'never starts the child': [
      () => {
        console.log('I cook');
        new Process({ target: eat });
      },
      /no process is running yet/,
    ],
    'forgets to cook': [() => new Process({ target: eat }).start(), /"I cook"/],
    'lets the child do both': [
      () => {
        const both = () => {
          console.log('I cook');
          eat();
        };
        new Process({ target: both }).start();
      },
      /the child cooks/,
    ],
    'starts two children': [
      () => {
        console.log('I cook');
        for (let i = 0; i < 2; i++) new Process({ target: eat }).start();
      },
      /one child is enough/,
    ],
    'has a child that fails': [
      () => {
        console.log('I cook');
        const burn = () => {
          throw new Error('burnt');
        };
        new Process({ target: burn }).start();
      },
      /ended with an error \(exit code 1\)/,
    ],
  });
});

describe('the check of notebook 02, three greeters', () => {
  holds(checkThreeGreeters, {
    'creates three and starts three': () => {
      const [a, b, c] = [0, 1, 2].map(() => new Process({ target: hi }));
      a?.start();
      b?.start();
      c?.start();
    },
    'uses a loop': () => {
      for (let i = 0; i < 3; i++) new Process({ target: hi }).start();
    },
    'writes the same arrow function in place': () => {
      for (let i = 0; i < 3; i++) new Process({ target: () => hi() }).start();
    },
    'waits for each': async () => {
      for (let i = 0; i < 3; i++) {
        const child = new Process({ target: hi });
        child.start();
        await child.join();
      }
    },
  });
  refuses(checkThreeGreeters, {
    'starts one': [() => new Process({ target: hi }).start(), /the parent started 1 child/],
    'starts four': [
      () => {
        for (let i = 0; i < 4; i++) new Process({ target: hi }).start();
      },
      /the parent started 4 children/,
    ],
    'starts one object three times': [
      () => {
        const child = new Process({ target: hi });
        for (let i = 0; i < 3; i++) child.start();
      },
      /twice on the same Process object/,
    ],
    'forgets one start()': [
      () => {
        const children = [0, 1, 2].map(() => new Process({ target: hi }));
        for (const child of children.slice(1)) child.start();
      },
      /never got a start\(\)/,
    ],
    'calls the function itself': [
      () => {
        for (let i = 0; i < 3; i++) hi();
      },
      /by the parent/,
    ],
    'passes the result of a call as target': [
      () => {
        // @ts-expect-error: the slip that notebook 02 shows
        for (let i = 0; i < 3; i++) new Process({ target: hi() }).start();
      },
      /printed by the parent.*brackets/,
    ],
    'has three functions': [
      () => {
        new Process({ target: hi }).start();
        new Process({ target: () => console.log(`hello ${pid()}`) }).start();
        new Process({ target: () => console.log(`hey ${pid()}`) }).start();
      },
      /do not have the same target/,
    ],
    'has silent children': [
      () => {
        const think = () => {};
        for (let i = 0; i < 3; i++) new Process({ target: think }).start();
      },
      /said nothing/,
    ],
    'does nothing': [() => {}, /no process was made/],
  });
});

describe('the check of notebook 03, as many greeters as asked for', () => {
  holds(checkGreeters, {
    'uses a counting loop': (name, count) => {
      for (let i = 0; i < count; i++) new Process({ target: greet, args: [name] }).start();
    },
    'closes over the name': (name, count) => {
      const say = () => console.log(`Hi ${name}! ${pid()} here`);
      Array.from({ length: count }, () => new Process({ target: say })).forEach((child) => {
        child.start();
      });
    },
    'uses while and waits': async (name, count) => {
      let left = count;
      while (left-- > 0) {
        const child = new Process({ target: greet, args: [name] });
        child.start();
        await child.join();
      }
    },
  });
  refuses(checkGreeters, {
    'ignores the count': [
      (name) => new Process({ target: greet, args: [name] }).start(),
      /3 children were wanted, 1 came/,
    ],
    'always starts one at least': [
      (name, count) => {
        let i = 0;
        do new Process({ target: greet, args: [name] }).start();
        while (++i < count);
      },
      /'Yuki', 0.*0 children were wanted, 1 came/s,
    ],
    'starts one too many': [
      (name, count) => {
        for (let i = 0; i <= count; i++) new Process({ target: greet, args: [name] }).start();
      },
      /3 children were wanted, 4 came/,
    ],
    'has the name fixed': [
      (_name, count) => {
        for (let i = 0; i < count; i++) new Process({ target: greet, args: ['Noor'] }).start();
      },
      /'Emre', 1.*Where is the name Emre/s,
    ],
    'prints the number of the parent': [
      (name, count) => {
        const mine = pid();
        const say = () => console.log(`Hello ${name}, I am process ${mine}`);
        for (let i = 0; i < count; i++) new Process({ target: say }).start();
      },
      /its own process number is/,
    ],
    'lets one child greet for all': [
      (name, count) => {
        const all = () => {
          for (let i = 0; i < count; i++) greet(name);
        };
        new Process({ target: all }).start();
      },
      /3 children were wanted, 1 came/,
    ],
    'greets without children': [
      (name, count) => {
        for (let i = 0; i < count; i++) greet(name);
      },
      /no process was made/,
    ],
  });
});

describe('the check of notebook 03, squares', () => {
  holds(checkSquares, {
    'uses args': (count) => {
      for (let i = 0; i < count; i++) new Process({ target: square, args: [i] }).start();
    },
    'uses the loop variable': (count) => {
      for (let i = 0; i < count; i++) new Process({ target: () => console.log(i ** 2) }).start();
    },
    'starts them backwards': (count) => {
      for (let i = count - 1; i >= 0; i--) new Process({ target: square, args: [i] }).start();
    },
  });
  refuses(checkSquares, {
    'computes in the parent': [
      (count) => {
        for (let i = 0; i < count; i++) square(i);
      },
      /4 children were wanted, 0 came/,
    ],
    'creates all, then starts all, with one variable': [
      (count) => {
        let i = 0;
        const children: Process[] = [];
        for (; i < count; i++) children.push(new Process({ target: () => console.log(i * i) }));
        for (const child of children) child.start();
      },
      /each square must come once/,
    ],
    'gives every child the same number': [
      (count) => {
        for (let i = 0; i < count; i++) new Process({ target: square, args: [2] }).start();
      },
      /each square must come once/,
    ],
    'adds in place of multiplying': [
      (count) => {
        for (let i = 0; i < count; i++) new Process({ target: () => console.log(i + i) }).start();
      },
      /each square must come once/,
    ],
    'prints no number': [
      (count) => {
        for (let i = 0; i < count; i++) new Process({ target: () => console.log('done') }).start();
      },
      /no number in it/,
    ],
  });
});

test('a check does not count the processes of others that work at the same time', async () => {
  let over = false;
  const others = (async () => {
    while (!over) {
      const child = new Process({ target: hi });
      child.start();
      await child.join();
      await sleep(5);
    }
  })();
  const verdict = await checkThreeGreeters(() => {
    for (let i = 0; i < 3; i++) new Process({ target: hi }).start();
  });
  over = true;
  await others;
  assert.equal(verdict.passed, true, verdict.toString());
});

after(nothingLeft);

type Check<Solution> = (solution: Solution) => Promise<Verdict>;

function holds<Solution>(check: Check<Solution>, answers: Record<string, Solution>): void {
  for (const [what, solution] of Object.entries(answers)) {
    test(`accepts an answer that ${what}`, async () => {
      const verdict = await check(solution);
      assert.equal(verdict.passed, true, verdict.toString());
    });
  }
}

function refuses<Solution>(check: Check<Solution>, answers: Record<string, [Solution, RegExp]>): void {
  for (const [what, [solution, sentence]] of Object.entries(answers)) {
    test(`refuses an answer that ${what}, and says so`, async () => {
      const verdict = await check(solution);
      assert.equal(verdict.passed, false, verdict.toString());
      assert.match(verdict.sentence, sentence);
    });
  }
}
