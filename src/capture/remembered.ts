// What a function came to when it was captured, with the objects that it was read off. As long as its data is
// unchanged and the rest of it comes to the same again, so would all of it.
import { isDeepStrictEqual } from 'node:util';
import { capture, type Objects } from './capture';
import type { Captured } from './captured';
import { modulesNoticed, noticeLoadedModules } from './modules';
import { PlainData } from './plain-data';

/** Less is captured as fast. */
const LEAST_NODES = 100;
const LEAST_BYTES = 2 ** 14;
/** What the data leads to is captured each time. */
const MOST_EXITS = 100;

export class Remembered {
  // The program may let go of its data: it is kept only as long as its first object is.
  readonly #first: WeakRef<object>;
  readonly #data: WeakMap<object, PlainData>;
  readonly #rest: Captured;
  readonly #modules = modulesNoticed();

  private constructor(data: PlainData, first: object, rest: Captured) {
    this.#first = new WeakRef(first);
    this.#data = new WeakMap([[first, data]]);
    this.#rest = rest;
  }

  /** Returns undefined where it is not worth it. Is to be asked before anything of the program runs. */
  static of(target: object, captured: Captured, objects: Objects, sizeBytes: number): Remembered | undefined {
    if (captured.nodes.length < LEAST_NODES && sizeBytes < LEAST_BYTES) return undefined;
    // What it holds for the data can only be seen from the data.
    if (captured.nodes.some(({ type }) => type === 'weak')) return undefined;
    const data = new PlainData(captured.nodes, objects, false);
    const first = data.objects[data.refs[0] ?? -1];
    if (typeof first !== 'object' || data.exits.length > MOST_EXITS) return undefined;
    const rest = restOf(target, data);
    return rest && new Remembered(data, first, rest);
  }

  /** Whether the target would come to the same. */
  isStill(target: object): boolean {
    const first = this.#first.deref();
    const data = first && this.#data.get(first);
    noticeLoadedModules();
    if (data === undefined || this.#modules !== modulesNoticed() || !data.isUnchanged()) return false;
    const rest = restOf(target, data);
    return rest !== undefined && isDeepStrictEqual(rest, this.#rest);
  }
}

function restOf(target: object, data: PlainData): Captured | undefined {
  try {
    return capture(target, { root: 'target', data });
  } catch {
    return undefined; // Captured as a whole it says what is wrong.
  }
}
