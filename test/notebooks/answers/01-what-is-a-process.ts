// Answers to the exercises of notebook 01.
import type { Answers } from './answers';

export default {
  dinner: {
    right: [
      // More words, before and after, which speak of eating, too.
      `function dinner() {
  console.log('Who wants to eat? What a great day!');
  console.log('Now I cook some soup');
  new Process({ target: eat }).start();
  console.log('Enjoy');
}`,
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
      // Both eat.
      [
        `function dinner() {
  console.log('I cook');
  new Process({ target: eat }).start();
  console.log('I eat');
}`,
        /the parent eats, too\. "I eat" must be printed by the child alone/,
      ],
      // Too late for whoever looks.
      [
        `function dinner() {
  console.log('I cook');
  setTimeout(() => new Process({ target: eat }).start(), 100);
}`,
        /no child was made while your function ran/,
      ],
      // The child does both.
      [
        `function dinner() {
  new Process({ target: () => { console.log('I cook'); eat(); } }).start();
}`,
        /the child cooks\. "I cook" must be printed by the parent/,
      ],
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
