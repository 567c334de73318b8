// processPicture(): the processes of a program as a tree, each with its life and its memory.

import { inspect } from 'node:util';
import { InvalidArgumentError } from '../errors';
import { checkOptions } from '../given';
import { memoryOf } from '../system/process-memory';
import { readTrace } from '../trace/read-trace';
import type { Trace } from '../trace/record';
import { checkTrace } from './check-trace';
import type { Box, ShownProcesses } from './draw-processes';
import { type Life, livesOf, phases } from './life';
import { imageOf, legible, shortened } from './svg';
import { counted, endOf, momentOf, sizeOf } from './words';

/** What a picture of processes shows. */
export interface ProcessPictureOptions {
  /** Of a run that is over; what this program did so far if it is left out. */
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
const LONGEST_VALUE = 60;

/** What `processPicture` gives: a picture in a notebook, a text elsewhere. */
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
    const { drawProcesses } = require('./draw-processes') as typeof import('./draw-processes');
    const title = titleOf(this.#shown.lives);
    const description = this.toString().split('\n').slice(1).join(' ');
    return drawProcesses(this.#shown, this.#width, { title, description, lost: '' });
  }

  /** The tree as text, a line for each process, then its variables. */
  toString(): string {
    const { lives, boxes } = this.#shown;
    const copies = boxes.map(
      ({ owner, rows }) =>
        `${owner} has ${rows.map(({ name, value, differs }) => `${name} = ${value}${differs ? ' (its own)' : ''}`).join(', ')}.`,
    );
    return [titleOf(lives), ...lives.map((life) => lineOf(life, this.#shown)), ...copies].join('\n');
  }

  /** @internal */
  [inspect.custom](): string {
    return this.toString();
  }

  /** @internal */
  [Symbol.for('Jupyter.display')](): Record<string, string> {
    const text = this.toString();
    return { 'text/plain': text, 'text/html': imageOf(this.toSVG(), text, this.#width) };
  }
}

/**
 * The processes of this program as a tree: pid, name, state, memory (bytes, where the system says it), what
 * each waits for, and how far each has come in its life: created, started, running, waiting, ended, joined.
 * With `variables`, boxes show which copies differ from those of the first process.
 *
 * @throws InvalidArgumentError for a width that cannot be drawn.
 *
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
  const lives = livesOf(trace, at);
  // The pids of another run are not those of now.
  const memory = options.trace === undefined && at === undefined ? memoriesOf(lives) : new Map();
  return new ProcessPicture({ lives, clock: trace.clock, memory, boxes: boxesOf(variables) }, width);
}

function memoriesOf(lives: readonly Life[]): Map<number, number> {
  const memory = new Map<number, number>();
  for (const { process, phase } of lives) {
    if (process.pid === undefined || phase === 'ended' || phase === 'joined') continue;
    const bytes = memoryOf(process.pid);
    if (bytes !== undefined) memory.set(process.id, bytes);
  }
  return memory;
}

/** The first one is the parent's; what is not as there is marked. */
function boxesOf(variables: NonNullable<ProcessPictureOptions['variables']>): Box[] {
  const owners = Object.entries(variables);
  const [, first = {}] = owners[0] ?? [];
  return owners.map(([owner, held]) => ({
    owner: legible(owner),
    rows: Object.entries(held).map(([name, value]) => {
      const said = valueText(value);
      const differs = Object.hasOwn(first, name) && valueText(first[name]) !== said;
      return { name: legible(name), value: said, differs };
    }),
  }));
}

function valueText(value: unknown): string {
  try {
    const text = inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY, customInspect: false });
    return shortened(text, LONGEST_VALUE);
  } catch {
    return '<a value that cannot be shown>';
  }
}

function titleOf(lives: readonly Life[]): string {
  if (lives.length === 0) return 'No process has been recorded yet';
  const living = lives.filter(({ phase }) => phase === 'running' || phase === 'waiting').length;
  const alive = living === lives.length || living <= 1 ? '' : `, ${living} of them alive`;
  return `${counted(lives.length, 'process', 'processes')}${alive}`;
}

/** '  Ada, pid 4201: waits for Lock-1, held by Alan; created, started after 4 ms … 7.2 MiB' */
function lineOf(life: Life, { clock, memory }: ShownProcesses): string {
  const { process, level, phase, waitsFor, reached } = life;
  const who = `${'  '.repeat(level)}${legible(process.name)}${process.pid === undefined ? '' : `, pid ${process.pid}`}`;
  const failed = phase === 'ended' && (process.exitcode ?? 0) !== 0;
  const state = waitsFor !== undefined ? `waits for ${waitsFor}` : failed ? endOf(process.exitcode) : phase;
  const way = phases
    .filter((each) => reached.has(each))
    .map((each) => {
      const at = reached.get(each);
      return at === undefined ? each : `${each} after ${momentOf(at, clock)}`;
    });
  const bytes = memory.get(process.id);
  const size = bytes === undefined ? '' : `; ${sizeOf(bytes)} of memory`;
  return `${who}: ${state}${process.parent === undefined ? '' : `; ${way.join(', ')}`}${size}`;
}
