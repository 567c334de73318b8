// The objects that the processes of an exploration share: locks, queues, memory. What each is at a moment, a
// state says.
import type { Captured } from '../capture/captured';
import { Texts } from './texts';

export interface SharedThing {
  readonly id: string;
  /** The machine by whose rules it goes. */
  readonly machine: string;
  /** The name of its class, as programs write it: 'Lock', 'Value', 'Array'. */
  readonly kind: string;
  /** Its first value, as JSON can write it, for equal things are told by that. */
  readonly initial: unknown;
  /** 'Lock-1', or what the program called it. */
  readonly name: string;
}

export class Things {
  readonly #things: SharedThing[] = [];
  readonly #byId = new Map<string, number>();
  readonly #given = new WeakMap<SharedThing, number>();
  /** What travels to the workers of pools and back. */
  readonly texts = new Texts();
  /** The highest number that a name outside has, such as 2 for 'Lock-2', by class. */
  readonly numbered = new Map<string, number>();

  /** The index of the list of names of shared memory, where the program began with some. */
  names: number | undefined;

  /** Makes what was captured again, in the world that the things belong to. */
  restore: (captured: Captured) => unknown = () => {
    throw new Error('These things belong to no world yet.');
  };

  get all(): readonly SharedThing[] {
    return this.#things;
  }

  at(index: number): SharedThing {
    return this.#things[index] as SharedThing;
  }

  /** One that was there before the program began: the same each time that a copy of a process gets it. */
  given(thing: SharedThing): number {
    const index = this.#given.get(thing) ?? this.make(thing);
    this.#given.set(thing, index);
    return index;
  }

  /** The same for the same id: what the same line of the same process makes again is the same thing. */
  make({ id, machine, kind, initial, name }: SharedThing): number {
    const key = `${id} ${machine} ${JSON.stringify(initial)}`;
    const known = this.#byId.get(key);
    if (known !== undefined) return known;
    this.#byId.set(key, this.#things.length);
    return this.#things.push({ id, machine, kind, initial, name }) - 1;
  }
}
