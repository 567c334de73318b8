// A game against a program: the player chooses who moves next, takes steps back, and wins when the program breaks.

import { inspect } from 'node:util';
import type { Walk } from '../../explore/api';
import { type Panel, type PanelButton, panelDisplay } from '../../host/panel';
import type { Trace } from '../../trace/record';
import { laneColour, lanesOf } from '../orders/lanes';
import { boardHtml } from './board-html';
import { boardText } from './board-text';
import { type Answer, begin, type GameState, next } from './state';

/** What a game is played on. */
export interface Table {
  /** From the beginning of the program. */
  open(): Promise<Walk>;
  /** For who gives up: is there an order that breaks it? */
  explore(): Promise<Answer>;
  /** What the player is to reach. */
  readonly goal: string;
}

/**
 * A game against a program, which `play()` gives: in a notebook a board with buttons, elsewhere words.
 *
 * @example
 * const counter = new RawValue('int32', 0);
 * const addOne = () => { counter.value = counter.value + 1; };
 * const twoAdd = async () => {
 *   const both = [1, 2].map(() => new Process({ target: addOne }));
 *   for (const each of both) each.start();
 *   for (const each of both) await each.join();
 *   return counter.value;
 * };
 * const game: Game = await play(twoAdd, { expect: 2 });
 * for (const letter of ['A', 'B', 'B', 'A']) await game.take(letter);
 * console.log(game.isWon); // → true
 */
export class Game {
  readonly #table: Table;
  #state: GameState;
  #trace: Trace;
  #walk: Walk | undefined;
  /** One thing after the other, however quickly somebody clicks. */
  #queue: Promise<void> = Promise.resolve();
  readonly #listeners = new Set<() => void>();

  private constructor(table: Table, walk: Walk, trace: Trace) {
    this.#table = table;
    this.#walk = walk;
    this.#trace = trace;
    this.#state = begin(walk.position);
  }

  /** @internal */
  static async begin(table: Table): Promise<Game> {
    const walk = await table.open();
    const game = new Game(table, walk, await walk.trace());
    await game.#restIfOver();
    return game;
  }

  /** Whether the program is broken now. */
  get isWon(): boolean {
    return this.#state.phase === 'won';
  }

  /** Whether nobody can move any more. */
  get isOver(): boolean {
    return this.#state.position.isOver !== undefined;
  }

  /** The order so far: who moved, step by step. */
  get code(): string {
    return this.#state.position.code;
  }

  /** Who can move now, by their letters. */
  get moves(): readonly string[] {
    return this.#state.position.moves.map(({ token }) => token);
  }

  /**
   * Lets a process make its next step. Silently does nothing if it cannot.
   *
   * @param token Its letter, one of `moves`.
   */
  take(token: string): Promise<void> {
    return this.#do(async () => {
      const wanted = token.trim().toUpperCase();
      if (!this.moves.includes(wanted)) return;
      await (await this.#seat()).take(wanted);
      await this.#moved();
    });
  }

  /** Takes the last step back. */
  undo(): Promise<void> {
    return this.#do(async () => {
      if (this.code === '') return;
      await (await this.#seat()).undo();
      await this.#moved();
    });
  }

  /** Begins again. */
  restart(): Promise<void> {
    return this.#do(async () => {
      await this.#rest();
      this.#walk = await this.#table.open();
      await this.#moved();
    });
  }

  /** Looks whether the game can be won at all, and tells. */
  giveUp(): Promise<void> {
    return this.#do(async () => {
      const answer = await this.#table.explore();
      this.#state = next(this.#state, { type: 'answered', answer });
    });
  }

  /** Lets go of the process that plays the program. The game goes on if somebody moves again. */
  close(): Promise<void> {
    return this.#do(() => this.#rest());
  }

  /** The board in words. */
  toString(): string {
    return boardText(this.#state, lanesOf(this.#trace));
  }

  /** @internal */
  [inspect.custom](): string {
    return this.toString();
  }

  /** @internal */
  [Symbol.for('Jupyter.display')](): Record<string, unknown> {
    const game = this;
    const panel: Panel = {
      get text() {
        return game.toString();
      },
      get html() {
        return boardHtml(game.#state, lanesOf(game.#trace), game.#table.goal);
      },
      get buttons() {
        return game.#buttons();
      },
      press: (key) => void game.#press(key),
      onChange: (listener) => void game.#listeners.add(listener),
    };
    return panelDisplay()?.(panel) ?? { 'text/plain': panel.text, 'text/html': panel.html };
  }

  #buttons(): PanelButton[][] {
    const { position, phase } = this.#state;
    const movers = position.processes.flatMap(({ letter, name, state }, lane): PanelButton[] => {
      const own = position.moves.filter(({ process }) => process === letter);
      if (state === 'ended' && own.length === 0) return [];
      if (own.length === 0) return [button(letter, `${letter} · ${name} cannot move`, true, laneColour(lane))];
      return own.map(({ token, what }) => button(token, `${token} · ${name} ${what}`, false, laneColour(lane)));
    });
    const isFirst = position.code === '';
    return [
      movers,
      [
        button('undo', '↶ Step back', isFirst),
        button('restart', '↺ Begin again', isFirst),
        button('give-up', 'Can it be won at all?', phase === 'won' || phase === 'told'),
      ],
    ];
  }

  async #press(key: string): Promise<void> {
    if (key === 'undo') return await this.undo();
    if (key === 'restart') return await this.restart();
    if (key === 'give-up') return await this.giveUp();
    return await this.take(key);
  }

  #do(act: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(act).then(() => {
      for (const listener of this.#listeners) listener();
    });
    this.#queue = done.catch(() => {});
    return done;
  }

  async #moved(): Promise<void> {
    const walk = this.#walk as Walk;
    this.#state = next(this.#state, { type: 'moved', position: walk.position });
    this.#trace = await walk.trace();
    await this.#restIfOver();
  }

  /** Where the game was left; a program that was let go is played again up to there. */
  async #seat(): Promise<Walk> {
    if (this.#walk !== undefined) return this.#walk;
    const walk = await this.#table.open();
    this.#walk = walk;
    for (const token of this.code.split(' ').filter(Boolean)) await walk.take(token);
    return walk;
  }

  async #restIfOver(): Promise<void> {
    if (this.isOver) await this.#rest();
  }

  async #rest(): Promise<void> {
    const walk = this.#walk;
    this.#walk = undefined;
    await walk?.close();
  }
}

function button(key: string, label: string, isOff: boolean, colour?: string): PanelButton {
  return { key, label, tooltip: label, isOff, ...(colour !== undefined && { colour }) };
}
