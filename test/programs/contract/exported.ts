// The target is exported by the program's own main file, which has no guard: the child must not run that file again.
import { Process } from 'parlab';

export const greeting = 'hello';
export function greet(name: string) {
  console.log(greeting, name);
}

console.log('main');
new Process({ target: greet, args: ['Ada'] }).start();
