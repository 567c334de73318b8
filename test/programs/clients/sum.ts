// ---
// jupyter:
//   kernelspec:
//     display_name: TypeScript (ParLab)
//     language: typescript
//     name: parlab
// ---

// %% [markdown]
// # A sum, worked out by a process

// %%
import { Process, Queue } from 'parlab';

const sums = new Queue<number>();
const numbers: number[] = [1, 2, 3];
const add = async () => {
  await sums.put(numbers.reduce((a, b) => a + b));
};

// %%
const adder = new Process({ target: add });
adder.start();
console.log('The sum is', await sums.get());
await adder.join();
