// What the tests of node:test in a notebook come to, below the cells that they stand in: Node loads this as
// its reporter.

import type { TestEvent } from 'node:test/reporters';
import { type Cell, cellWithUrl, runningCells } from '../cell/cell';
import { print, tell } from '../cell/output';
import { showError } from '../display/show-error';
import { OwnMap } from '../safeguards/pristine';
import { beginReporting, testBegan, testEnded, testFailed } from './cell-tests';

interface Begun {
  name: string;
  nesting: number;
  file?: string;
  line?: number;
  column?: number;
}

/** Node.js types its events so that each has other fields. */
interface Ended extends Begun {
  skip?: string | boolean;
  todo?: string | boolean;
  details: { error?: Error & { failureType?: string } };
}

/** The evaluations that tests stand in, or that have called the module which they stand in. */
const begun = new OwnMap<string, Cell>();

/** Gives nothing to print: what is printed belongs to cells. */
async function* reportTests(events: AsyncIterable<TestEvent>): AsyncGenerator<never> {
  beginReporting();
  for await (const { type, data } of events) {
    if (type === 'test:enqueue') begin(data);
    if (type === 'test:pass' || type === 'test:fail') end(type === 'test:pass', data as unknown as Ended);
  }
  yield* [];
}

function begin(test: Begun): void {
  const running = runningCells();
  const cell = (test.file !== undefined && cellWithUrl(test.file)) || running[running.length - 1];
  if (cell === undefined) return;
  begun.set(keyOf(test), cell);
  if (test.nesting === 0) testBegan(cell, test.name);
}

function end(hasPassed: boolean, test: Ended): void {
  const running = runningCells();
  const cell = begun.get(keyOf(test)) ?? running[running.length - 1];
  show(hasPassed, test, cell);
  if (cell && test.nesting === 0) testEnded(cell, test.name);
}

function keyOf({ name, file, line, column }: Begun): string {
  return `${file}:${line}:${column}:${name}`;
}

function show(hasPassed: boolean, test: Ended, cell: Cell | undefined): void {
  const { name, nesting, skip, todo, details } = test;
  const isLeft = cell?.interruption !== undefined;
  const mark = skip || isLeft ? '﹣' : hasPassed ? '✔' : '✖';
  print('stdout', `${'  '.repeat(nesting)}${mark} ${name}\n`, cell);
  const { error } = details;
  // A group fails because one of its tests has.
  if (hasPassed || isLeft || todo || !error || error.failureType === 'subtestsFailed') return;
  tell({ type: 'failed', ...showError(error.cause ?? error) }, cell);
  if (cell) testFailed(cell, name);
}

// Node takes a reporter for the module itself, or for its default, where TypeScript's would be one deeper.
module.exports = reportTests;
