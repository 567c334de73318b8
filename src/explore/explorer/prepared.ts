// A program made ready to be explored: its controlled world, what it is judged by, and searches of it.

import { createRequire } from 'node:module';
import type { Captured, Node } from '../../capture/captured';
import { decodeCaptured } from '../../capture/encode';
import { performance } from '../../system/timers';
import { Behaviours } from '../behaviour';
import { restoreOutside } from '../outside';
import { Loops } from '../search/loops';
import type { Memorizing } from '../search/memory';
import { holdsIn } from '../search/observing';
import { Search } from '../search/search';
import type { State } from '../search/states';
import type { Surroundings } from '../surroundings';
import { Things } from '../things';
import { makeWorld } from '../world';
import type { Expectation } from './judge';
import type { Settings, Subject } from './messages';
import { Surface } from './surface';
import { Tidier } from './tidy';

/** After how many operations a process counts as going on for ever. */
const MOST_OPERATIONS = 2_000;
const TELL_EVERY_MS = 1_000;

interface Task {
  readonly program: () => unknown;
  readonly invariant: (() => unknown) | undefined;
  readonly expect?: unknown;
  readonly memory: Memorizing | undefined;
}

export class Prepared {
  readonly settings: Settings;
  readonly expect: Expectation | undefined;
  readonly escapes = new Set<string>();
  readonly files = new Set<string>();
  readonly statistics = { executions: 0, resumed: 0 };
  /** The search, which is one for all that is asked of the program one after the other. */
  readonly current: Search;
  readonly #tidier = new Tidier();
  #going = () => {};
  #toldAt = 0;
  #late: Search | undefined;
  readonly #captured: Captured;
  readonly #surroundings: Surroundings;
  readonly behaviours = new Behaviours();
  /** The surface, as it is before a process of the program runs. */
  readonly surface: Surface;
  readonly #loops = new Loops();
  readonly #task: Task;

  constructor({ task, snapshot, home, settings }: Subject) {
    const require = createRequire(home);
    const things = new Things();
    const captured = decodeCaptured(task);
    const world = makeWorld({ require, things, snapshot, escapes: this.escapes, files: this.files });
    const { seed, garbled } = settings;
    this.settings = settings;
    const breathe = () => this.#breathe();
    this.#surroundings = {
      world,
      require,
      things,
      seed,
      garbled,
      breathe,
      statistics: this.statistics,
    };
    this.#task = restoreOutside(captured, things) as Task;
    this.#captured = programOf(captured);
    this.expect = Object.hasOwn(this.#task, 'expect') ? { value: this.#task.expect } : undefined;
    this.current = this.search();
    this.surface = new Surface();
  }

  /** `going` is called now and then while work goes on. */
  whileGoing(going: () => void): void {
    this.#going = going;
    this.#toldAt = performance.now();
  }

  #breathe(): void {
    this.#tidier.tidy();
    const now = performance.now();
    if (now - this.#toldAt < TELL_EVERY_MS) return;
    this.#toldAt = now;
    this.#going();
  }

  /** Like `current`, for the orders in which what is written comes out late. */
  get late(): Search {
    this.#late ??= this.search(true);
    return this.#late;
  }

  /** One that has met no state yet; what the code does is learnt once for all of them. */
  search(lateWrites = false): Search {
    const limits = { mostOperations: MOST_OPERATIONS, mostStates: this.settings.states };
    const options = { lateWrites, loops: this.#loops, ...limits };
    return new Search(this.#captured, this.#surroundings, options, this.behaviours, this.#task.memory);
  }

  /** Whether the invariant is broken in a state of that search. */
  brokenIn(search: Search): (state: State) => boolean {
    const { invariant } = this.#task;
    if (invariant === undefined) return () => false;
    const known = new Map<string, boolean>();
    return (state) => {
      const key = state.values.join(' ');
      let isBroken = known.get(key);
      if (isBroken === undefined) {
        isBroken = !holdsIn(state, invariant, search.rules);
        known.set(key, isBroken);
      }
      return isBroken;
    };
  }
}

/** The same capture with another root: what a process is told, target and arguments. */
function programOf(task: Captured): Captured {
  const root = task.nodes[(task.root as { ref: number }).ref];
  const program =
    root?.type === 'object' ? root.properties?.find(([key]) => key === 'program')?.[1] : undefined;
  const args: Node = { type: 'array', length: 0, items: [] };
  const told = {
    type: 'object',
    properties: [
      ['target', program],
      ['args', { ref: task.nodes.length }],
    ],
  } as const;
  return {
    ...task,
    nodes: [...task.nodes, args, told as never],
    root: { ref: task.nodes.length + 1 },
  };
}
