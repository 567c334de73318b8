// An error that nobody catches in a child.
import { Process } from 'parlab';

function divide(a: number, b: number) {
  if (b === 0) throw new RangeError('Nothing can be divided by zero', { cause: new Error('b is 0') });
  return a / b;
}

const failing = new Process({ target: () => divide(1, 0) });
failing.start();
failing.join().then(() => console.log(failing.exitcode));
