// One measurement of ours in a process of its own: node measure.js QUESTION CASE prints the number.
import { findCase } from './questions';

async function main(): Promise<void> {
  const [question = '', name = ''] = process.argv.slice(2);
  const value = await findCase(question, name).measure();
  process.stdout.write(`\n${value}\n`);
}

main();
