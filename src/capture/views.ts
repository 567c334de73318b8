// Typed arrays, Buffers and DataViews. Two views of one buffer keep it in common.
import { types } from 'node:util';
import { isShareable } from '../objects/handle';
import type { Members, Node, Privates } from './captured';
import type { Graph } from './graph';
import type { Rest } from './members';
import type { Path } from './path';
import { prototypeOf } from './realms';

// A program may have one of its own.
const { structuredClone } = globalThis;

export function describeView(view: ArrayBufferView, path: Path, graph: Graph, rest: Rest): Node {
  if (types.isSharedArrayBuffer(view.buffer) && !isShareable(view.buffer)) {
    throw path.refuse(
      'it looks into a SharedArrayBuffer, which only threads of one process share',
      'Pass a copy of its contents.',
    );
  }
  const kind = Object.prototype.toString.call(view).slice(8, -1);
  // Small Buffers share one pool with everything else in the process, so each takes only its own bytes along.
  const isPooled =
    Buffer.isBuffer(view) && !isShareable(view.buffer) && view.byteLength < view.buffer.byteLength;
  const bytes = isPooled
    ? view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength)
    : view.buffer;
  const usual = (globalThis as unknown as Record<string, { prototype: object }>)[kind]?.prototype ?? null;
  return {
    type: 'view',
    kind,
    buffer: graph.refer(bytes, path.property('buffer', view)),
    byteOffset: isPooled ? 0 : view.byteOffset,
    ...(!tracksLength(view) && { length: 'length' in view ? Number(view.length) : view.byteLength }),
    ...viewMembers(view, usual, path, graph, rest),
  };
}

type Resizable = ArrayBuffer & { resizable?: boolean; maxByteLength: number; resize(length: number): void };

/** Nothing says it; but a copy does when its buffer grows, or shrinks by one element. */
function tracksLength(view: ArrayBufferView): boolean {
  if (!(view.buffer as Resizable).resizable) return false;
  const copy = structuredClone(view);
  const { byteLength, byteOffset } = copy;
  const buffer = copy.buffer as Resizable;
  const element = 'BYTES_PER_ELEMENT' in copy ? Number(copy.BYTES_PER_ELEMENT) : 1;
  const canGrow = buffer.byteLength + element <= buffer.maxByteLength;
  if (!canGrow && byteLength === 0) return false;
  buffer.resize(canGrow ? buffer.byteLength + element : byteOffset + byteLength - element);
  try {
    // What does not fit any more is 0 bytes long, or throws.
    return copy.byteLength === byteLength + (canGrow ? element : -element);
  } catch {
    return false;
  }
}

// Listing the keys of a large typed array would list every element, so only a class of the program's own gets
// that.
function viewMembers(
  view: ArrayBufferView,
  usual: object | null,
  path: Path,
  graph: Graph,
  rest: Rest,
): Members & Privates {
  const prototype = prototypeOf(view);
  if (prototype === usual) return {};
  if (prototype === Buffer.prototype) return { prototype: graph.refer(prototype, path) };
  return rest(usual, { skip: (key) => typeof key === 'string' && /^\d+$/.test(key) });
}
