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
    ],
    wrong: [
      [
        `function dinner() {
  const guest = new Process({ target: eat });
  guest.start();
  guest.joinSync();
  console.log('I cook');
}`,
        /after start\(\)/,
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
    ],
  },
} satisfies Record<string, Answers>;
