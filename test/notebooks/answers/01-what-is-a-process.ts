// Answers to the exercises of notebook 01.
import type { Answers } from './answers';

export default {
  dinner: {
    right: [
      `async function dinner() {
  const guest = new Process({ target: eat });
  console.log('I cook');
  guest.start();
  await guest.join();
}`,
      `const cook = () => console.log('I cook');
function dinner() {
  cook();
  new Process({ target: () => eat() }).start();
}`,
      `import { Event } from 'parlab';
function dinner() {
  const cooked = new Event();
  const guest = async () => {
    await cooked.wait();
    eat();
  };
  new Process({ target: guest }).start();
  console.log('I cook');
  cooked.set();
}`,
    ],
    wrong: [
      [
        `function dinner() {
  const guest = new Process({ target: eat });
  guest.start();
  guest.joinSync();
  console.log('I cook');
}`,
        /in its only order "I eat" is printed before "I cook"/,
      ],
      [
        `function dinner() {
  console.log('I cook');
  eat();
}`,
        /the parent who ate/,
      ],
      [
        `function dinner() {
  console.log('I cook');
  new Process({ target: eat });
}`,
        /no process is running yet/,
      ],
      [
        `function dinner() {
  new Process({ target: eat }).start();
  console.log('I cook');
}`,
        /in 1 of 2 orders "I eat" is printed before/,
      ],
      [
        `function dinner() {
  console.log('I cook');
  new Process({ target: eat }).start();
  console.log('I cook');
}`,
        /in 1 of 2 orders "I eat" is printed before/,
      ],
      [
        `function dinner() {
  console.log('I cook');
  JSON.parse('{');
}`,
        /stopped with an error.*Cell \d+, line 3/s,
      ],
      [
        `function dinner() {
  console.log('I cook');
  new Process({ target: eat }).start();
  new Process({ target: eat }).start();
}`,
        /one child is enough; you made 2/,
      ],
    ],
  },
} satisfies Record<string, Answers>;
