// What must, and what must not, compile around pools.
import { type AsyncResult, Pool, type ResultIterator } from '../../src/index';
import { is } from './expect';

const square = (x: number) => x * x;
const length = async (text: string) => text.length;
const add = (a: number, b: number) => a + b;

export async function results(pool: Pool): Promise<void> {
  is<number[]>()(await pool.map(square, [1, 2]));
  is<number[]>()(await pool.map(length, ['a', 'b']));
  is<number>()(await pool.apply(add, [1, 2]));
  is<number>()(await pool.apply(() => 3));
  is<number[]>()(await pool.starmap(add, [[1, 2]]));
  is<AsyncResult<number>>()(pool.applyAsync(length, ['a']));
  is<AsyncResult<number[]>>()(pool.mapAsync(square, [1, 2]));
  is<number>()(await pool.applyAsync(length, ['a']).get());
  is<ResultIterator<number>>()(pool.imap(square, [1, 2]));
  for await (const each of pool.imapUnordered(length, ['a'])) is<number>()(each);
  is<string[]>()(await pool.map((x) => x.toFixed(), [1, 2]));
}

export async function mistakes(pool: Pool): Promise<void> {
  // @ts-expect-error TS2345: words for a function of numbers
  await pool.map(square, ['a']);
  // @ts-expect-error TS2554: the arguments are missing
  await pool.apply(add);
  // @ts-expect-error TS2322: of the wrong type
  await pool.apply(add, [1, 'b']);
  // @ts-expect-error TS2345: its items are no lists of arguments
  await pool.starmap(add, [1, 2]);
  // @ts-expect-error TS2322: an AsyncResult is no number: get() it
  const sum: number = pool.applyAsync(add, [1, 2]);
  // @ts-expect-error TS2561: Python's spelling
  await pool.map(square, [1], { chunksize: 3 });
  // @ts-expect-error TS2339: an AsyncResult is no promise
  pool.mapAsync(square, [1]).then(() => sum);
}

export function making(): void {
  new Pool({ initializer: (name: string) => void name, initargs: ['Ada'] });
  // @ts-expect-error TS2345: the initializer's arguments are missing
  new Pool({ initializer: (name: string) => void name });
  // @ts-expect-error TS2322: of the wrong type
  new Pool({ initializer: (name: string) => void name, initargs: [1] });
  // @ts-expect-error TS2559: options, and no bare number
  new Pool(4);
}
