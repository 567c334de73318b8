// A game against a program: the player chooses who moves next, takes steps back, and wins when the program
// breaks.

import { inspect } from 'node:util';
import type { Walk } from '../../explore/walk';
import { type Panel, panelDisplay } from '../../host/panel';
import { type Board, boardOf } from './board';
import { boardHtml } from './board-html';
import { boardText } from './board-text';
import { buttonsOf } from './buttons';
import { type Answer, begin, type GameEvent, type GameState, next } from './state';

/** What a game is played on. */
export interface Table {
  /** Opens a walk from the beginning of the program. */
  open(): Promise<Walk>;
  /** Gives up, and says whether there is an order that breaks the program. */
  explore(): Promise<Answer>;
  /** What the player is to reach. */
  readonly goal: string;
}

/**
 * A game against a program, which `play()` gives: in a notebook a board with buttons, elsewhere words.
 *
 * @example
 * const race = async () => {
 *   const finish = new Queue<string>();
 *   for (const name of ['Ada', 'Bob']) new Process({ name, target: () => finish.putSync(name) }).start();
 *   return finish.get();
 * };
 * const game: Game = await play(race, { expect: 'Ada' });
 * for (const letter of ['B', 'A']) await game.take(letter);
 * console.log(game.isWon); // → true
 */
export class Game {
  readonly #table: Table;
  #state: GameState;
  #walk: Walk;
  /** Moves come one after the other, however quickly the player clicks. */
  #queue: Promise<void> = Promise.resolve();
  readonly #listeners = new Set<() => void>();

  private constructor(table: Table, walk: Walk) {
    this.#table = table;
    this.#walk = walk;
    this.#state = begin(walk.position);
  }

  /** @internal */
  static async begin(table: Table): Promise<Game> {
    return new Game(table, await table.open());
  }

  /** Whether the program is broken now. */
  get isWon(): boolean {
    return this.#state.phase === 'won';
  }

  /** Whether no process can move any more. */
  get isOver(): boolean {
    return this.#state.position.isOver !== undefined;
  }

  /** The order so far: who moved, step by step. */
  get code(): string {
    return this.#state.position.code;
  }

  /** Which processes can move now, by their letters. */
  get moves(): readonly string[] {
    return this.#state.position.moves.map(({ token }) => token);
  }

  /**
   * Lets a process make its next step.
   *
   * @param token Its letter, one of `moves`.
   * @throws InvalidArgumentError for what cannot happen now.
   */
  take(token: string): Promise<void> {
    return this.#move((walk) => walk.take(token));
  }

  /** Takes the last step back. */
  undo(): Promise<void> {
    return this.#move((walk) => walk.undo());
  }

  /** Begins again. */
  restart(): Promise<void> {
    return this.#move(async () => {
      this.#walk = await this.#table.open();
    });
  }

  /** Looks whether the game can be won at all, and tells. */
  giveUp(): Promise<void> {
    return this.#inTurn(async () => {
      this.#happened({ type: 'answered', answer: await this.#table.explore() });
    });
  }

  /** The board in words. */
  toString(): string {
    return boardText(this.#board());
  }

  /** @internal */
  [inspect.custom](): string {
    return this.toString();
  }

  /** @internal */
  [Symbol.for('Jupyter.display')](): Record<string, unknown> {
    const panel = this.#panel();
    return panelDisplay()?.(panel) ?? { 'text/plain': panel.text, 'text/html': panel.html };
  }

  #board(): Board {
    return boardOf(this.#state, this.#walk.trace, this.#table.goal);
  }

  #panel(): Panel {
    const board = () => this.#board();
    return {
      get text() {
        return boardText(board());
      },
      get html() {
        return boardHtml(board());
      },
      get buttons() {
        return buttonsOf(board());
      },
      press: (key) => void this.#press(key),
      onChange: (listener) => void this.#listeners.add(listener),
    };
  }

  async #press(key: string): Promise<void> {
    switch (key) {
      case 'undo':
        return await this.undo();
      case 'restart':
        return await this.restart();
      case 'give-up':
        return await this.giveUp();
      default:
        // The second of two quick clicks may come too late.
        return await this.#move(async (walk) => void (this.moves.includes(key) && (await walk.take(key))));
    }
  }

  #move(act: (walk: Walk) => Promise<unknown>): Promise<void> {
    return this.#inTurn(async () => {
      await act(this.#walk);
      this.#happened({ type: 'moved', position: this.#walk.position });
    });
  }

  #inTurn(act: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(act);
    this.#queue = done.catch(() => {});
    return done;
  }

  #happened(event: GameEvent): void {
    this.#state = next(this.#state, event);
    for (const listener of this.#listeners) listener();
  }
}
