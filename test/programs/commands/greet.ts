import { currentProcess, Process } from 'parlab';

const greeting = 'Hello from a child, not from';
const parent: number = process.pid;
const child = new Process({
  target: () => {
    if (currentProcess().pid !== parent) console.log(greeting, parent === process.ppid ? 'me' : 'the stock');
  },
});
child.start();
child.join().then(() => console.log(`exit code ${child.exitcode}`));
