// Answers to the exercises of notebook 07.
import type { Answers } from './answers';

export default {
  'clean-house': {
    right: [
      `async function cleanHouse(rooms: string[]) {
  const cleaners: Process[] = [];
  for (const room of rooms) {
    const cleaner = new Process({ target: () => clean(room) });
    cleaner.start();
    cleaners.push(cleaner);
  }
  await Promise.all(cleaners.map((cleaner) => cleaner.join()));
  console.log('the house is clean');
}`,
      `function cleanHouse(rooms: string[]) {
  const cleaners = rooms.map((room) => new Process({ target: clean, args: [room] }));
  cleaners.forEach((cleaner) => cleaner.start());
  cleaners.forEach((cleaner) => cleaner.joinSync());
  console.log('the house is clean');
}`,
      // From the last one to the first: who joins whom first is no matter.
      `async function cleanHouse(rooms: string[]) {
  const cleaners = rooms.map((room) => new Process({ target: clean, args: [room] }));
  for (const cleaner of cleaners) cleaner.start();
  while (cleaners.length > 0) await cleaners.pop()!.join();
  console.log('the house is clean');
}`,
    ],
    wrong: [
      // They sleep, and the parent says that it is clean.
      [
        `async function cleanHouse(rooms: string[]) {
  const cleaners = rooms.map(() => new Process({ target: () => sleep(1000) }));
  for (const cleaner of cleaners) cleaner.start();
  for (const cleaner of cleaners) await cleaner.join();
  for (const room of rooms) console.log(room + ' is clean');
  console.log('the house is clean');
}`,
        /the parent prints "kitchen is clean": that is for the child who cleans the room/,
      ],
      [
        `async function cleanHouse(rooms: string[]) {
  for (const room of rooms) {
    const cleaner = new Process({ target: clean, args: [room] });
    cleaner.start();
  }
  console.log('the house is clean');
}`,
        /"the house is clean" is printed too early: after it comes "\w+ is clean"/,
      ],
      [
        `async function cleanHouse(rooms: string[]) {
  const cleaners = rooms.map((room) => new Process({ target: clean, args: [room] }));
  for (const cleaner of cleaners) cleaner.start();
  for (const cleaner of cleaners) void cleaner.join();
  console.log('the house is clean');
}`,
        /printed too early/,
      ],
      // Only the last one is joined.
      [
        `async function cleanHouse(rooms: string[]) {
  let cleaner: Process | undefined;
  for (const room of rooms) {
    cleaner = new Process({ target: () => clean(room) });
    cleaner.start();
  }
  await cleaner?.join();
  console.log('the house is clean');
}`,
        /printed too early/,
      ],
      [
        `async function cleanHouse(rooms: string[]) {
  for (const room of rooms) new Process({ target: clean, args: [room] }).start();
  await sleep(5000);
  console.log('the house is clean');
}`,
        /printed too early/,
      ],
      [
        `async function cleanHouse(rooms: string[]) {
  await Promise.all(rooms.map(clean));
  console.log('the house is clean');
}`,
        /the parent prints "kitchen is clean": that is for the child who cleans the room/,
      ],
      [
        `async function cleanHouse(rooms: string[]) {
  const cleaners = rooms.map((room) => new Process({ target: clean, args: [room] }));
  for (const cleaner of cleaners) await cleaner.join();
  for (const cleaner of cleaners) cleaner.start();
  console.log('the house is clean');
}`,
        /needs a started process/,
      ],
      [
        `async function cleanHouse(rooms: string[]) {
  const cleaners = rooms.map((room) => new Process({ target: clean, args: [room] }));
  for (const cleaner of cleaners) {
    cleaner.start();
    await cleaner.join();
  }
  console.log('the house is clean');
}`,
        /at most 1 process is at work/,
      ],
      [
        `async function cleanHouse(rooms: string[]) {
  const cleaners = rooms.map((room) => new Process({ target: clean, args: [room] }));
  for (const cleaner of cleaners) cleaner.start();
  for (const cleaner of cleaners) {
    await cleaner.join();
    console.log('the house is clean');
  }
}`,
        /"the house is clean" is printed 3 times, not once/,
      ],
      [
        `async function cleanHouse(rooms: string[]) {
  const cleaners = ['kitchen', 'bath'].map((room) => new Process({ target: clean, args: [room] }));
  for (const cleaner of cleaners) cleaner.start();
  for (const cleaner of cleaners) await cleaner.join();
  console.log('the house is clean');
}`,
        /"cellar is clean" is never printed/,
      ],
    ],
  },
  'who-failed': {
    right: [
      `async function whoFailed(children: Process[]) {
  for (const child of children) child.start();
  for (const child of children) await child.join();
  return children.filter((child) => child.exitcode !== 0).map((child) => child.name);
}`,
      `async function whoFailed(children: Process[]) {
  const failed: string[] = [];
  await Promise.all(children.map(async (child) => {
    child.start();
    await child.join();
    if (child.exitcode) failed.push(child.name);
  }));
  return failed;
}`,
      `async function whoFailed(children: Process[]) {
  for (const child of children) child.start();
  let names: string[] = [];
  for (let i = children.length - 1; i >= 0; i--) {
    await children[i].join();
    if (children[i].exitcode! !== 0) names = [children[i].name, ...names];
  }
  return names;
}`,
    ],
    wrong: [
      // The processes themselves, not their names.
      [
        `async function whoFailed(children: Process[]) {
  for (const child of children) child.start();
  for (const child of children) await child.join();
  return children.filter((child) => child.exitcode !== 0);
}`,
        /there is a Process itself in what it returns; put the name of a child there, child\.name/,
      ],
      // Who was killed has a number below 0.
      [
        `async function whoFailed(children: Process[]) {
  for (const child of children) child.start();
  for (const child of children) await child.join();
  return children.filter((child) => child.exitcode! > 0).map((child) => child.name);
}`,
        /Nuri is missing in what it returns, and Nuri ended with exit code -9/,
      ],
      // await is missing.
      [
        `async function whoFailed(children: Process[]) {
  for (const child of children) child.start();
  for (const child of children) child.join();
  return children.filter((child) => child.exitcode !== 0).map((child) => child.name);
}`,
        /Ada is in what it returns, but Ada ended well/,
      ],
      // Asked too early: null is not 0.
      [
        `async function whoFailed(children: Process[]) {
  const failed: string[] = [];
  for (const child of children) child.start();
  for (const child of children) {
    if (child.exitcode !== 0) failed.push(child.name);
    await child.join();
  }
  return failed;
}`,
        /Ada is in what it returns, but Ada ended well/,
      ],
      [
        `async function whoFailed(children: Process[]) {
  const failed: string[] = [];
  for (const child of children) child.start();
  for (const child of children) {
    await child.join();
    if (child.exitcode === 1) failed.push(child.name);
  }
  return failed;
}`,
        /Cem is missing in what it returns, and Cem ended with exit code 3/,
      ],
      [
        `async function whoFailed(children: Process[]) {
  const failed: string[] = [];
  for (const child of children) child.start();
  for (const child of children) {
    try {
      await child.join();
    } catch {
      failed.push(child.name);
    }
  }
  return failed;
}`,
        /Bob is missing/,
      ],
      [
        `async function whoFailed(children: Process[]) {
  const failed: string[] = [];
  for (const child of children) {
    child.start();
    await child.join();
    if (child.exitcode !== 0) failed.push(child.name);
  }
  return failed;
}`,
        /at most 1 process is at work at a time; it must be 4/,
      ],
      [
        `async function whoFailed(children: Process[]) {
  for (const child of children) child.start();
  for (const child of children) {
    await child.join();
    if (child.exitcode !== 0) console.log(child.name);
  }
}`,
        /it returns undefined; it must be an array of names/,
      ],
      [
        `async function whoFailed(children: Process[]) {
  for (const child of children) child.start();
  for (const child of children) await child.join();
  return children.map((child) => child.exitcode);
}`,
        /there is 0 in what it returns/,
      ],
      [
        `async function whoFailed(children: Process[]) {
  for (const child of children) child.start();
  for (const child of children) {
    await child.join();
    if (child.exitcode !== 0) return [child.name];
  }
  return [];
}`,
        /without join\(\) of Cem, Dora/,
      ],
      [
        `async function whoFailed(children: Process[]) {
  for (const child of children) child.start();
  return children.filter((child) => child.exitcode !== 0).map((child) => child.name);
}`,
        /without join\(\) of Ada, Bob, Cem, Dora/,
      ],
      [
        `async function whoFailed(children: Process[]) {
  const failed: string[] = [];
  for (const child of children) {
    if (child.exitcode !== 0) failed.push(child.name);
  }
  return failed;
}`,
        /no process is started; it must be 4/,
      ],
    ],
  },
} satisfies Record<string, Answers>;
