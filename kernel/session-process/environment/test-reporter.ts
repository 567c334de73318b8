// What the tests of node:test in a notebook come to, below the cells that they stand in: Node loads this as
// its reporter.

import type { TestEvent } from 'node:test/reporters';
import { type Cell, cellWithUrl, runIn, runningCells } from '../cell/cell';
import { tell } from '../cell/output';
import { showError } from '../display/show-error';

/** Node.js types its events so that each has other fields. */
interface Told {
  name: string;
  nesting: number;
  file?: string;
  skip?: string | boolean;
  todo?: string | boolean;
  details: { error?: Error & { failureType?: string } };
}

/** The evaluations that tests stand in, which may end before these do. */
const begun = new Map<string, Cell>();

/** Gives nothing to print: what is printed belongs to cells. */
async function* reportTests(events: AsyncIterable<TestEvent>): AsyncGenerator<never> {
  for await (const { type, data } of events) {
    if (type === 'test:enqueue') note(data.file);
    if (type === 'test:pass' || type === 'test:fail') show(type === 'test:pass', data as unknown as Told);
  }
  yield* [];
}

function note(file: string | undefined): void {
  const cell = file === undefined ? undefined : cellWithUrl(file);
  if (file !== undefined && cell) begun.set(file, cell);
}

function show(hasPassed: boolean, { name, nesting, file, skip, todo, details }: Told): void {
  const running = runningCells();
  const cell = (file !== undefined && begun.get(file)) || running[running.length - 1];
  const mark = skip ? '﹣' : hasPassed ? '✔' : '✖';
  const line = () => void process.stdout.write(`${'  '.repeat(nesting)}${mark} ${name}\n`);
  if (cell) runIn(cell, line);
  else line();
  const { error } = details;
  // A group fails because one of its tests has.
  if (hasPassed || todo || !error || error.failureType === 'subtestsFailed') return;
  tell({ type: 'failed', ...showError(error.cause ?? error) }, cell);
}

// Node takes a reporter for the module itself, or for its default, where TypeScript's would be one deeper.
module.exports = reportTests;
