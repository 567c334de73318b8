// processPicture(): the processes of a program as a tree, each with its life and its memory.

import { inspect } from 'node:util';
import { InvalidArgumentError } from '../errors';
import { checkOptions, checkTime } from '../given';
import { readTrace } from '../trace/read-trace';
import type { Trace } from '../trace/record';
import { checkTrace } from './check-trace';
import type { ShownProcesses } from './draw-processes';
import type { Variables } from './process-tree';

/** What a picture of processes shows. */
export interface ProcessPictureOptions {
  /** The trace of a run that is over; what this program did so far if it is left out. */
  readonly trace?: Trace;
  /** The moment, on the clock of the trace: milliseconds since its first event, or a step. */
  readonly at?: number;
  /** What each process has in its variables, by its name: `{ MainProcess: { n: 1 }, Ada: { n: 2 } }`. */
  readonly variables?: { readonly [process: string]: { readonly [name: string]: unknown } };
  /** Pixels; 780 if it is left out. */
  readonly width?: number;
}

const WIDTH_PX = 780;
const LEAST_WIDTH_PX = 480;
const MOST_WIDTH_PX = 4000;

/** Shows processes as a tree: a picture in a notebook, a text elsewhere. `processPicture` makes it. */
export class ProcessPicture {
  readonly #shown: ShownProcesses;
  readonly #width: number;

  /** @internal */
  constructor(shown: ShownProcesses, width: number) {
    this.#shown = shown;
    this.#width = width;
  }

  /** The picture, for a file or a page of one's own. Nothing in it can run or be fetched. */
  toSVG(): string {
    return tree().svgOfTree(this.#shown, this.#width);
  }

  /** The tree as text, a line for each process, then its variables. */
  toString(): string {
    return tree().textOfTree(this.#shown);
  }

  /** @internal */
  [inspect.custom](): string {
    return this.toString();
  }

  /** @internal */
  [Symbol.for('Jupyter.display')](): Record<string, string> {
    const { imageOfTree, textOfTree } = tree();
    return { 'text/plain': textOfTree(this.#shown), 'text/html': imageOfTree(this.#shown, this.#width) };
  }
}

/**
 * Draws the processes of this program as a tree: pid, name, state, memory (bytes, where the system says it),
 * what each waits for, and how far each has come in its life: created, started, running, waiting, ended,
 * joined. With `variables`, boxes show which copies differ from those of the first process.
 *
 * @throws InvalidArgumentError for a width that cannot be drawn, a time that is none, and for variables of a
 * process that is not known.
 *
 * @example
 * startTrace();
 * const child = new Process({ target: () => sleep(100), name: 'Ada' });
 * child.start();
 * console.log(String(processPicture()).split('\n')[0]); // → 2 processes…
 * await child.join();
 * @example
 * const trace: Trace = {
 *   clock: 'ms',
 *   processes: [{ id: 0, name: 'MainProcess' }, { id: 1, name: 'Ada', parent: 0, exitcode: 0 }],
 *   objects: [],
 *   events: [{ at: 0, process: 0, kind: 'start', child: 1 }, { at: 8, process: 1, kind: 'exit', number: 0 }],
 *   lost: 0,
 * };
 * console.log(String(processPicture({ trace, variables: { MainProcess: { n: 1 }, Ada: { n: 2 } } })));
 * // → 2 processes
 * // → MainProcess: running
 * // →   Ada: ended; created, started after 0 ms, running after 0 ms, ended after 8 ms
 * // → MainProcess has n = 1.
 * // → Ada has n = 2 (its own).
 */
export function processPicture(options: ProcessPictureOptions = {}): ProcessPicture {
  checkOptions('options', options, ['trace', 'at', 'variables', 'width']);
  if (options.trace !== undefined) checkTrace('trace', options.trace);
  const { trace = readTrace(), at, variables = {}, width = WIDTH_PX } = options;
  if (typeof width !== 'number' || !(width >= LEAST_WIDTH_PX && width <= MOST_WIDTH_PX)) {
    const expected = `a number of pixels from ${LEAST_WIDTH_PX} to ${MOST_WIDTH_PX}`;
    throw new InvalidArgumentError('width', expected, width);
  }
  if (at !== undefined) checkTime('at', at);
  checkVariables(variables, trace);
  // The pids of another run are not those of now.
  const isNow = options.trace === undefined && at === undefined;
  return new ProcessPicture(tree().treeOf({ trace, at, isNow, variables }), width);
}

function checkVariables(variables: Variables, trace: Trace): void {
  if (!isRecord(variables)) {
    throw new InvalidArgumentError('variables', 'an object such as { MainProcess: { n: 1 } }', variables);
  }
  const known = trace.processes.map(({ name }) => name);
  for (const [name, held] of Object.entries(variables)) {
    if (!known.includes(name)) {
      const expected = `that of a process in the trace${tree().knownNames(known)}`;
      throw new InvalidArgumentError('each name in variables', expected, name);
    }
    if (!isRecord(held)) {
      throw new InvalidArgumentError(`variables of ${name}`, 'an object such as { n: 1 }', held);
    }
  }
}

function isRecord(given: unknown): boolean {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

/** Loaded when it is asked for: a program that never looks at itself need not wait for it. */
function tree(): typeof import('./process-tree') {
  return require('./process-tree') as typeof import('./process-tree');
}
