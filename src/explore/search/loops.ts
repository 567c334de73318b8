// Loops without end: the lines by which they are known, once a process has gone on for ever in them.
import type { Node } from '../behaviour';

/** After how many rounds a loop without end is left, where loops are cut. */
export const CUT_AFTER_ROUNDS = 3;

/** The lines of the loops in which processes went on for ever, by the path of each process. */
export class Loops {
  readonly #lines = new Map<string, Set<string>>();
  readonly #learnt = new WeakSet<Node>();
  #cut = new WeakMap<Node, boolean>();

  /** Learns what a process that has gone on for ever did last; returns whether that is new. */
  learn(node: Node): boolean {
    if (this.#learnt.has(node)) return false;
    this.#learnt.add(node);
    const { path } = node.behaviour;
    const lines = this.#lines.get(path) ?? new Set();
    this.#lines.set(path, lines);
    const before = lines.size;
    for (const line of lastLines(node)) lines.add(line);
    if (lines.size > before) this.#cut = new WeakMap();
    return lines.size > before;
  }

  /** How many processes have such loops. */
  get count(): number {
    return this.#lines.size;
  }

  isKnownOf(path: string): boolean {
    return this.#lines.has(path);
  }

  has(node: Node): boolean {
    const line = lineOf(node);
    return line !== undefined && this.#lines.get(node.behaviour.path)?.has(line) === true;
  }

  /** Whether it is about to do something in such a loop that it has done in so many rounds before. */
  isOver(node: Node): boolean {
    let isOver = this.#cut.get(node);
    if (isOver === undefined) {
      isOver = this.#hasGoneRound(node);
      this.#cut.set(node, isOver);
    }
    return isOver;
  }

  #hasGoneRound(node: Node): boolean {
    const next = (node.fresh[0] ?? node.queued[0])?.operation;
    if (next === undefined) return false;
    const line = `${next.kind} ${next.where}`;
    if (this.#lines.get(node.behaviour.path)?.has(line) !== true) return false;
    let rounds = 0;
    for (const before of wayTo(node))
      if (before.event?.outcome === 'done' && lineOf(before) === line) rounds++;
    return rounds >= CUT_AFTER_ROUNDS;
  }

  /** The line with which its loop begins. */
  beginOf(node: Node): string | undefined {
    const loop = this.#lines.get(node.behaviour.path) ?? new Set(lastLines(node));
    let begin: Node | undefined;
    for (const before of wayTo(node)) if (loop.has(lineOf(before) ?? '')) begin = before;
    return (begin ?? node).of?.operation.where;
  }
}

/** What a process did in the second half of all its operations. */
function* lastLines(node: Node): Iterable<string> {
  for (const before of wayTo(node)) {
    if (before.depth < node.depth / 2) return;
    const line = lineOf(before);
    if (line !== undefined) yield line;
  }
}

/** The node, and those before it back to the beginning. */
export function* wayTo(node: Node): Iterable<Node> {
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) yield at;
}

function lineOf({ of }: Node): string | undefined {
  return of === undefined ? undefined : `${of.operation.kind} ${of.operation.where}`;
}
