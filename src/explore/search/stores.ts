// A processor lets its own later reads go before what it has written: others read the old value for a while.
// Here each process has a list of what it wrote and no other can read yet; it comes out in order, at any
// moment, and before everything but plain reading and writing.
import type { Behaviours, Node } from '../behaviour';
import { type Around, type Done, machines } from '../machines';
import { overlaps } from '../machines/memory';
import type { Operation, Plain } from '../operations';
import type { Proc, Step } from './states';

/**
 * What the process itself reads of what it wrote. 'mixed': a part of it only, so that all has to come out
 * first.
 */
export function ownCell({ stored }: Proc, read: Operation): { result: Plain } | 'mixed' | undefined {
  const own = stored.findLast((write) => write.object === read.object && overlaps(write, read));
  if (own === undefined) return undefined;
  const [kind, at, cell] = own.args;
  return kind === read.args[0] && at === read.args[1] ? { result: cell } : 'mixed';
}

/** The value of a thing when what was written to it has come out. */
export function withStored(value: unknown, write: Operation, around: Around): unknown {
  const done = machines.memory?.write?.(value as never, write, around);
  return (done as Done | undefined)?.value ?? value;
}

/** Plain reading and writing may go before what was written; everything else lets it come out first. */
export function mayGoFirst(proc: Proc, operation: Operation): boolean {
  return operation.kind === 'write' || (operation.kind === 'read' && ownCell(proc, operation) !== 'mixed');
}

export function flushStep(path: string, choice: number): Step {
  const nothing = { asked: undefined, event: undefined, object: -1, value: 0, printed: undefined };
  return { path, choice, isSilent: false, isSpin: false, ...nothing, isFlush: true };
}

/**
 * Whether late writes could make a difference: some process writes one place, and then reads another without
 * anything in between that lets the writes come out. What it wrote itself, it reads itself.
 */
export function canBeLate(behaviours: Behaviours): boolean {
  for (const { root } of behaviours.all()) if (readsAfterWriting(root)) return true;
  return false;
}

function readsAfterWriting(root: Node): boolean {
  const open: { node: Node; written: ReadonlySet<string> }[] = [{ node: root, written: new Set() }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { kind, object, args } = at.node.of?.operation ?? {};
    const place = `${object} ${args?.[0]} ${args?.[1]}`;
    let { written } = at;
    if (kind === 'write') written = new Set([...written, place]);
    else if (kind === 'read') {
      if (written.size > 1 || (written.size === 1 && !written.has(place))) return true;
    } else if (kind !== undefined) written = new Set();
    for (const node of at.node.children) open.push({ node, written });
  }
  return false;
}
