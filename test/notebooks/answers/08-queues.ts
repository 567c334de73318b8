// Answers to the exercise of notebook 08.
import type { Answers } from './answers';

const greetAll = `async function greetAll(box: Queue<string>, count: number) {
  for (let i = 0; i < count; i++) console.log(\`Hello \${await box.get()}!\`);
}
`;

export default {
  'send-names': {
    right: [
      // All names are in the box before the child is born, and the loop counts down.
      `async function greetAll(box: Queue<string>, count: number) {
  while (count-- > 0) {
    const name = await box.get();
    console.log('Hello', name);
  }
}
async function sendNames(names: string[]) {
  const box = new Queue<string>();
  const child = new Process({ target: greetAll, args: [box, names.length] });
  for (let i = 0; i < names.length; i++) await box.put(names[i]);
  child.start();
  await child.join();
}`,
      // A last message says that no more names come.
      `async function greetUntilEnd(box: Queue<string>) {
  for (let name = await box.get(); name !== ''; name = await box.get()) console.log(\`Hello \${name}!\`);
}
async function sendNames(names: string[]) {
  const box = new Queue<string>();
  const child = new Process({ target: greetUntilEnd, args: [box] });
  child.start();
  for (const name of [...names, '']) await box.put(name);
  await child.join();
}`,
      // With breaks, as in a talk, and with words of its own.
      `${greetAll}
async function sendNames(names: string[]) {
  const box = new Queue<string>();
  const child = new Process({ target: () => greetAll(box, names.length) });
  child.start();
  for (const name of names) {
    console.log('next, please');
    await sleep(500);
    await box.put(name);
  }
  await child.join();
}`,
      // Without promises.
      `function greetSync(box: Queue<string>, count: number) {
  for (let i = 0; i < count; i++) console.log(\`Hello \${box.getSync()}!\`);
}
function sendNames(names: string[]) {
  const box = new Queue<string>(1);
  const child = new Process({ target: greetSync, args: [box, names.length] });
  child.start();
  names.forEach((name) => box.putSync(name));
  child.joinSync();
}`,
    ],
    wrong: [
      // All names in one message, and the others say nothing.
      [
        `async function sendNames(names: string[]) {
  const box = new Queue<string>();
  const child = new Process({
    target: async () => {
      for (const name of (await box.get()).split(',')) if (name !== '') console.log('Hello', name);
      for (let i = 1; i < names.length; i++) await box.get();
    },
  });
  child.start();
  await box.put(names.join());
  for (let i = 1; i < names.length; i++) await box.put('');
  await child.join();
}`,
        /holds 5 names; each name travels alone/,
      ],
      // Each name twice.
      [
        `${greetAll}
async function sendNames(names: string[]) {
  const box = new Queue<string>();
  const child = new Process({ target: greetAll, args: [box, names.length] });
  child.start();
  for (const name of names) await box.put(name);
  for (const name of names) await box.put(name);
  await child.join();
}`,
        /Ines is put into a queue 2 times, not once/,
      ],
      // Every line greets everybody.
      [
        `async function sendNames(names: string[]) {
  const box = new Queue<string>();
  const child = new Process({
    target: async () => {
      const all: string[] = [];
      for (const _ of names) all.push(await box.get());
      for (const _ of names) console.log(\`Hello \${all.join(' and ')}!\`);
    },
  });
  child.start();
  for (const name of names) await box.put(name);
  await child.join();
}`,
        /each line greets one/,
      ],
      // The names are with the child from its birth; what comes through the queue is only taken away.
      [
        `async function sendNames(names: string[]) {
  const box = new Queue<string>();
  const child = new Process({
    target: async () => {
      for (const name of names) {
        await box.get();
        console.log(\`Hello \${name}!\`);
      }
    },
  });
  child.start();
  for (const name of names) await box.put(name);
  await child.join();
}`,
        /the child prints "Hello Ines!" whatever comes through the queue/,
      ],
      // Only the parent has a loop.
      [
        `async function sendNames(names: string[]) {
  const box = new Queue<string>(0, { name: 'box' });
  const child = new Process({ target: greet, args: [box] });
  child.start();
  for (const name of names) await box.put(name);
  await child.join();
}`,
        /the child printed 2 lines, not 5: "child: I would like a name", "child: Hello Ines!"/,
      ],
      // Only the child has one.
      [
        `${greetAll}
async function sendNames(names: string[]) {
  const box = new Queue<string>(0, { name: 'box' });
  const child = new Process({ target: greetAll, args: [box, names.length] });
  child.start();
  await box.put(names[0]);
  await child.join();
}`,
        /it never ends: .*waits in Queue\.get\(\) for an item of box/,
      ],
      // One get too many.
      [
        `async function greetAll(box: Queue<string>, count: number) {
  for (let i = 0; i <= count; i++) console.log(\`Hello \${await box.get()}!\`);
}
async function sendNames(names: string[]) {
  const box = new Queue<string>(0, { name: 'box' });
  const child = new Process({ target: greetAll, args: [box, names.length] });
  child.start();
  for (const name of names) await box.put(name);
  await child.join();
}`,
        /it never ends/,
      ],
      [
        `${greetAll}
async function sendNames(names: string[]) {
  const box = new Queue<string>();
  const child = new Process({ target: greetAll, args: [box, names.length] });
  child.start();
  await child.join();
  for (const name of names) await box.put(name);
}`,
        /it never ends/,
      ],
      // await is missing.
      [
        `async function greetAll(box: Queue<string>, count: number) {
  for (let i = 0; i < count; i++) {
    const name = box.get();
    console.log('Hello', name);
  }
}
async function sendNames(names: string[]) {
  const box = new Queue<string>();
  const child = new Process({ target: greetAll, args: [box, names.length] });
  child.start();
  for (const name of names) await box.put(name);
  await child.join();
}`,
        /line 1 of the child is "Hello Promise.*", and the name that was sent is Ines/,
      ],
      // One child for each name.
      [
        `async function greetOne(box: Queue<string>) {
  console.log(\`Hello \${await box.get()}!\`);
}
async function sendNames(names: string[]) {
  const box = new Queue<string>();
  for (const name of names) {
    const child = new Process({ target: greetOne, args: [box] });
    child.start();
    await box.put(name);
    await child.join();
  }
}`,
        /5 processes are started; it must be 1/,
      ],
      // Sleeping in place of waiting.
      [
        `async function greetAll(box: Queue<string>, count: number) {
  await sleep(2000);
  while (!box.empty()) console.log(\`Hello \${await box.get()}!\`);
}
async function sendNames(names: string[]) {
  const box = new Queue<string>();
  const child = new Process({ target: greetAll, args: [box, names.length] });
  child.start();
  for (const name of names) await box.put(name);
  await child.join();
}`,
        /the child printed \d lines?, not 5/,
      ],
      // All names in one message.
      [
        `async function greetAll(box: Queue<string[]>) {
  for (const name of await box.get()) console.log(\`Hello \${name}!\`);
}
async function sendNames(names: string[]) {
  const box = new Queue<string[]>();
  const child = new Process({ target: greetAll, args: [box] });
  child.start();
  await box.put(names);
  await child.join();
}`,
        /only 1 message is put into a queue for 5 names; each name travels alone/,
      ],
      // The names as arguments.
      [
        `function greetAll(names: string[]) {
  for (const name of names) console.log(\`Hello \${name}!\`);
}
async function sendNames(names: string[]) {
  const child = new Process({ target: greetAll, args: [names] });
  child.start();
  await child.join();
}`,
        /nothing is put into a queue/,
      ],
      // The parent takes them out itself.
      [
        `async function sendNames(names: string[]) {
  const box = new Queue<string>();
  const child = new Process({ target: () => {} });
  child.start();
  for (const name of names) await box.put(name);
  for (const name of names) console.log('Hello', await box.get());
  await child.join();
}`,
        /it is the parent who greets; the child prints nothing/,
      ],
      [
        `${greetAll}
async function sendNames(names: string[]) {
  const box = new Queue<string>();
  const child = new Process({ target: greetAll, args: [box, names.length] });
  child.start();
  for (const name of names) await box.put(name);
}`,
        /without join\(\) of Process-1/,
      ],
      // Last in, first out.
      [
        `${greetAll}
async function sendNames(names: string[]) {
  const box = new Queue<string>();
  const child = new Process({ target: greetAll, args: [box, names.length] });
  child.start();
  for (const name of names.reverse()) await box.put(name);
  await child.join();
}`,
        /line 1 of the child is "Hello Ben!", and the name that was sent is Ines/,
      ],
      // Two queues: nobody puts into the one from which the child gets.
      [
        `async function greetAll(count: number) {
  const box = new Queue<string>(0, { name: 'my own box' });
  for (let i = 0; i < count; i++) console.log(\`Hello \${await box.get()}!\`);
}
async function sendNames(names: string[]) {
  const box = new Queue<string>();
  const child = new Process({ target: greetAll, args: [names.length] });
  child.start();
  for (const name of names) await box.put(name);
  await child.join();
}`,
        /it never ends: .*my own box/,
      ],
    ],
  },
} satisfies Record<string, Answers>;
