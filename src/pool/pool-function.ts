// A function on its way to the workers: captured once, at the call, with what it closes over at that moment.
import { capture } from '../capture/capture';
import type { Captured, Node } from '../capture/captured';
import { encodeCaptured } from '../capture/encode';
import { holdHandles, letGo } from '../objects/holds';

let lastId = 0;

/** Different from the id of every function. */
export function newWork(): number {
  return ++lastId;
}

export class PoolFunction {
  readonly id = ++lastId;
  readonly name: string;
  readonly program: Uint8Array;
  /** It closes over nothing that could change, so a worker that has learnt it need not learn it again. */
  readonly isConstant: boolean;
  /** What is known of its speed, from all calls. */
  readonly ran = new Speed();
  #held: number;

  /** What `value` refers to in shared memory is kept until release(). */
  constructor(value: unknown, name: string, root: string) {
    const captured = capture(value, { root });
    this.name = name;
    this.program = encodeCaptured(captured);
    this.isConstant = isConstant(captured);
    this.#held = holdHandles(captured.nodes.flatMap((node) => (node.type === 'handle' ? [node.handle] : [])));
  }

  /** When every worker that was told of it has made it, or has ended. */
  release(): void {
    letGo(this.#held);
    this.#held = 0;
  }
}

/** The newest counts most: code gets faster as it runs. */
class Speed {
  items = 0;
  ms = 0;
  add(items: number, ms: number): void {
    this.items = this.items / 4 + items;
    this.ms = this.ms / 4 + ms;
  }
}

type AnyFunction = (...args: never[]) => unknown;

// A capture costs as much as a thousand small tasks, so that of a function that cannot change is kept; by its
// text too, because a loop may write the same function anew each time.
const constants = new WeakMap<AnyFunction, PoolFunction>();
const constantsByText = new Map<string, PoolFunction>();

export function captureFunction(target: AnyFunction): PoolFunction {
  const known = constants.get(target);
  if (known !== undefined) return known;
  const name = target.name === '' ? 'a function' : `${target.name}()`;
  const captured = new PoolFunction(target, name, 'target');
  if (!captured.isConstant) return captured;
  const text = Buffer.from(captured.program).toString('latin1');
  const same = constantsByText.get(text) ?? captured;
  constantsByText.set(text, same);
  constants.set(target, same);
  return same;
}

function isConstant({ nodes }: Captured): boolean {
  return nodes.every(isConstantNode);
}

function isConstantNode(node: Node): boolean {
  if (node.type === 'global' || node.type === 'module') return true;
  if (node.type !== 'function') return node.type === 'prototype' && node.properties === undefined;
  return node.values.length === 0 && node.properties === undefined && node.described === undefined;
}
