// What a check remembers of an order: a fold over its events, kept in the state, so that orders which it
// tells apart stay apart.

import { ExplorationError } from '../../errors';
import type { TracedObject, TracedProcess, TraceEvent } from '../../trace/record';
import type { Plain } from '../operations';
import { limited } from '../outside';
import { wordsOf } from '../telling';
import { Names, toldOf } from './events';
import type { Rules } from './rules';
import type { State, Step } from './states';

export interface Memorizing {
  /** What is remembered before the first event. */
  readonly first: Plain;
  /**
   * Returns what is remembered after one more event. It has to be pure. It is not told of the beginnings of
   * waits, nor which message of a queue it is: that depends on the order.
   */
  next(
    memory: Plain,
    event: TraceEvent,
    names: { readonly processes: readonly TracedProcess[]; readonly objects: readonly TracedObject[] },
  ): Plain;
}

export class Memories {
  readonly #memorizing: Memorizing;
  readonly #names: Names;
  readonly #texts: string[] = [];
  readonly #ids = new Map<string, number>();

  constructor(memorizing: Memorizing, rules: Rules) {
    this.#memorizing = memorizing;
    this.#names = new Names(rules);
    this.#idOf(memorizing.first);
  }

  at(id: number): Plain {
    return JSON.parse(this.#texts[id] as string) as Plain;
  }

  /** What is remembered behind a step. */
  after(step: Step, before: State, behind: State): number {
    const told = toldOf(step, before);
    if (told === undefined) return before.memory;
    const { number: _number, ...event } = this.#names.event(told, 0, behind);
    const kept = told.kind === 'exit' ? { ...event, number: told.number ?? 0 } : event;
    return this.#idOf(this.#next(this.at(before.memory), kept));
  }

  #next(memory: Plain, event: TraceEvent): Plain {
    try {
      return limited('memory.next()', () => this.#memorizing.next(memory, event, this.#names));
    } catch (error) {
      if (error instanceof ExplorationError) throw error;
      throw new ExplorationError(`memory.next() threw ${wordsOf(error)}: it has to answer for every event.`);
    }
  }

  #idOf(memory: Plain): number {
    const text = JSON.stringify(memory ?? null);
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.#texts.push(text) - 1;
      this.#ids.set(text, id);
    }
    return id;
  }
}
