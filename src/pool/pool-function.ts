// A function on its way to the workers: captured once, at the call, with what it closes over at that moment.
import { capture, type Objects } from '../capture/capture';
import type { Captured, Node } from '../capture/captured';
import { Program, type Programs } from './programs';

let lastId = 0;

/** Different from the id of every function. */
export function newWork(): number {
  return ++lastId;
}

/** The workers have one copy for each id. */
export interface PoolFunction {
  readonly id: number;
  readonly name: string;
  readonly program: Program;
  /** It closes over nothing that could change, so a worker that has learnt it need not learn it again. */
  readonly isConstant: boolean;
}

type AnyFunction = (...args: never[]) => unknown;

// A capture costs as much as a thousand small tasks, so that of a function that cannot change is kept; by its
// text too, because a loop may write the same function anew each time.
const constants = new WeakMap<AnyFunction, PoolFunction>();
const constantsByText = new Map<string, PoolFunction>();

export function captureFunction(target: AnyFunction, programs: Programs): PoolFunction {
  const known = constants.get(target);
  if (known !== undefined) return known;
  const name = target.name === '' ? 'a function' : `${target.name}()`;
  const again = programs.again(target);
  if (again !== undefined) return { id: ++lastId, name, program: again, isConstant: false };
  let list: (() => Objects) | undefined;
  const withObjects = (those: () => Objects) => {
    list = those;
  };
  const captured = capture(target, { root: 'target', before: programs.before(target), withObjects });
  if (!isConstant(captured)) {
    const program = programs.take(captured, target, list);
    return { id: ++lastId, name, program, isConstant: false };
  }
  const program = new Program(captured);
  const text = Buffer.from(program.bytes).toString('latin1');
  const same = constantsByText.get(text) ?? { id: ++lastId, name, program, isConstant: true };
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
