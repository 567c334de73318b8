// What the child of the self-test runs.

import type { Queue } from '../channel/queue';

export function sayHello(answers: Queue<number>): void {
  console.log(`  Hello from a child, process ${process.pid}.`);
  answers.putNowait(process.pid);
}
