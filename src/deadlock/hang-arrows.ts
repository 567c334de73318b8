// A standstill as a graph: from each waiter to what it waits for, and from that to who has it. Pure; the text
// and the picture are made of it.

import type { Standstill } from './hang';

export interface Node {
  readonly is: 'process' | 'object';
  readonly index: number;
  readonly name: string;
}

export interface Arrow {
  readonly from: Node;
  readonly to: Node;
  readonly says: 'waits for' | 'waits for the end of' | 'is held by' | 'could go on by';
  readonly where?: string | undefined;
  /** Its number in the circle, from 1; absent outside of it. */
  readonly step?: number;
}

type Drawn = Standstill & { readonly circle?: readonly number[] };

/** Returns the arrows, those of the circle first, in its order. */
export function arrowsOf(drawn: Drawn): Arrow[] {
  const { circle = [], waits, holds } = drawn;
  const inCircle: Arrow[] = [];
  const add = (arrow: Arrow) => void inCircle.push({ ...arrow, step: inCircle.length + 1 });
  for (const [at, index] of circle.entries()) {
    const arrow = waitArrow(drawn, index);
    if (arrow === undefined) continue;
    add(arrow);
    const next = waits[circle[(at + 1) % circle.length] ?? -1]?.process;
    if (arrow.to.is === 'process' || next === undefined) continue;
    const hold = holds.find(({ object, process }) => object === arrow.to.index && process === next);
    const to = processNode(drawn, next);
    add(
      hold
        ? { from: arrow.to, to, says: 'is held by', where: hold.where }
        : { from: arrow.to, to, says: 'could go on by' },
    );
  }
  const drawnHolds = new Set(
    inCircle.flatMap(({ from, to }) => (from.is === 'object' ? key(from.index, to.index) : [])),
  );
  const rest = waits.flatMap((_, index) => (circle.includes(index) ? [] : (waitArrow(drawn, index) ?? [])));
  const otherHolds = holds
    .filter(({ object, process }) => !drawnHolds.has(key(object, process)))
    .map(({ object, process, where }): Arrow => {
      return { from: objectNode(drawn, object), to: processNode(drawn, process), says: 'is held by', where };
    });
  return [...inCircle, ...rest, ...otherHolds];
}

function waitArrow(drawn: Drawn, index: number): Arrow | undefined {
  const wait = drawn.waits[index];
  if (wait === undefined) return undefined;
  const { for: subject, where } = wait;
  const from = processNode(drawn, wait.process);
  return 'end' in subject
    ? { from, to: processNode(drawn, subject.end), says: 'waits for the end of', where }
    : { from, to: objectNode(drawn, subject.object), says: 'waits for', where };
}

function processNode({ processes }: Drawn, index: number): Node {
  return { is: 'process', index, name: processes[index]?.name ?? 'a process' };
}

function objectNode({ objects }: Drawn, index: number): Node {
  return { is: 'object', index, name: objects[index]?.name ?? 'something' };
}

function key(object: number, process: number): string {
  return `${object} ${process}`;
}
