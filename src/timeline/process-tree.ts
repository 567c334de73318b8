// The processes of a program as a tree: what is known of each, as text and as a picture.

import { inspect } from 'node:util';
import { memoryOf } from '../system/process-memory';
import type { Trace } from '../trace/record';
import type { Box, ShownProcesses } from './draw-processes';
import { type Life, livesOf, phases } from './life';
import { imageOf, legible, shortened } from './svg';
import { counted, endOf, momentOf, sizeOf } from './words';

export { knownNames } from './window';

export type Variables = { readonly [process: string]: { readonly [name: string]: unknown } };

interface Wanted {
  readonly trace: Trace;
  readonly at: number | undefined;
  /** Whether the processes can still be asked for their memory. */
  readonly isNow: boolean;
  readonly variables: Variables;
}

const LONGEST_VALUE = 60;

export function treeOf({ trace, at, isNow, variables }: Wanted): ShownProcesses {
  const lives = livesOf(trace, at);
  const memory = isNow ? memoriesOf(lives) : new Map<number, number>();
  const isKnown = trace.processes.length > 0;
  return { lives, isKnown, clock: trace.clock, memory, boxes: boxesOf(variables) };
}

export function textOfTree(shown: ShownProcesses): string {
  const { lives, boxes } = shown;
  const copies = boxes.map(
    ({ owner, rows }) =>
      `${owner} has ${rows.map(({ name, value, differs }) => `${name} = ${value}${differs ? ' (its own)' : ''}`).join(', ')}.`,
  );
  return [titleOf(shown), ...lives.map((life) => lineOf(life, shown)), ...copies].join('\n');
}

export function svgOfTree(shown: ShownProcesses, width: number): string {
  const { drawProcesses } = require('./draw-processes') as typeof import('./draw-processes');
  const description = textOfTree(shown).split('\n').slice(1).join(' ');
  return drawProcesses(shown, width, { title: titleOf(shown), description, lost: '' });
}

export function imageOfTree(shown: ShownProcesses, width: number): string {
  return imageOf(svgOfTree(shown, width), textOfTree(shown), width);
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
function boxesOf(variables: Variables): Box[] {
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

function titleOf({ lives, isKnown }: ShownProcesses): string {
  if (lives.length === 0) return isKnown ? 'No process had begun then' : 'No process has been recorded yet';
  const living = lives.filter(({ phase }) => phase === 'running' || phase === 'waiting').length;
  const alive = living === lives.length || living <= 1 ? '' : `, ${living} of them alive`;
  return `${counted(lives.length, 'process', 'processes')}${alive}`;
}

/** '  Ada, pid 4201: waits for Lock-1, held by Alan; created, started after 4 ms; 7.2 MiB of memory' */
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
