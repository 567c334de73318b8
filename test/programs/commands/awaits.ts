import { readFile } from 'node:fs/promises';
import { parse } from 'acorn';
import { Process, Queue } from 'parlab';
import { twice } from './twice.ts';

const { body } = parse(await readFile(import.meta.filename, 'utf8').then(() => 'a; b'), {
  ecmaVersion: 2024,
});
const results = new Queue<number>();
const child = new Process({ target: async () => results.put(twice(body.length) * 10) });
child.start();
for await (const result of [results.get()]) console.log(result, ...process.argv.slice(2));
await child.join();
