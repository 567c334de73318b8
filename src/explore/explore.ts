// explore(): runs a program in every order that its operations can take, and says what each order comes to.
import { Exploration, replaySubject } from './exploration';
import type { ExploreOptions } from './options';
import type { Replay } from './outcome';
import { whenAsked } from './when-asked';

/**
 * Runs `program` in every order in which the operations of its processes can come, and says what each order
 * comes to. The program is a function that starts processes and waits for them. It is run in a process of its
 * own, on copies: locks, queues and values here stay as they are. Sleeping takes no time; files and the
 * network are not under control.
 *
 * @throws InvalidArgumentError for options that make no sense; EscapeError if the program goes by something
 * else than the order, such as the time or a file; ExplorationError if it fills the memory, or uses what
 * explore() does not know; AbortError when `signal` is aborted.
 * @example
 * const program = () => {
 *   for (const name of ['Ada', 'Bob']) new Process({ name, target: () => console.log(name) }).start();
 * };
 * console.log(String(await explore(program)));
 * // → 2 orders: 'Ada\nBob\n' in 1 of them, 'Bob\nAda\n' in 1 of them.
 * @example
 * const counter = new RawValue('int32', 0);
 * const increment = () => { counter.value = counter.value + 1; };
 * const program = async () => {
 *   const both = [1, 2].map(() => new Process({ target: increment }));
 *   for (const process of both) process.start();
 *   for (const process of both) await process.join();
 *   return counter.value;
 * };
 * console.log(String(await explore(program)));
 * // → 6 orders: 1 in 4 of them, 2 in 2 of them.
 * const { failing } = await explore(program, { expect: 2 });
 * console.log(failing?.why); // → it returned 1 and not 2
 */
export async function explore<R>(
  program: () => R,
  options: ExploreOptions<R> = {},
): Promise<Exploration<Awaited<R>>> {
  const { ask, beginExplorer, errorOf, subjectOf } = whenAsked();
  beginExplorer();
  const subject = subjectOf(program, options);
  const answer = await ask({ type: 'explore', subject }, options.signal);
  if (answer.type === 'failed') throw errorOf(answer.failure);
  if (answer.type !== 'explored')
    throw new TypeError(`An exploration was asked for, and ${answer.type} came.`);
  return new Exploration(answer.findings, subject, options.signal);
}

/**
 * Runs one order of a program again, by the code that explore() gave for it, such as one from the log of a
 * failed test. The options have to be those of that explore().
 *
 * @throws As explore(), and InvalidArgumentError for a code that is no order of this program.
 * @example
 * const program = () => {
 *   for (const name of ['Ada', 'Bob']) new Process({ name, target: () => console.log(name) }).start();
 * };
 * const { outcome } = await replay(program, 'B A');
 * console.log(outcome.printed); // → [ 'Bob\n', 'Ada\n' ]
 * await replay(program, 'C'); // throws InvalidArgumentError: code must be an order of this program…
 */
export async function replay<R>(
  program: () => R,
  code: string,
  options: ExploreOptions<R> = {},
): Promise<Replay<Awaited<R>>> {
  const { subjectOf } = whenAsked();
  return await replaySubject<Awaited<R>>(subjectOf(program, options), code, options.signal);
}
